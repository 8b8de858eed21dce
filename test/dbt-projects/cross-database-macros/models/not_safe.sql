-- What dbt-duckdb calls a safe cast fails on what cannot be cast.
select {{ dbt.safe_cast("'2026-13-01'", api.Column.translate_type('date')) }} as no_date
