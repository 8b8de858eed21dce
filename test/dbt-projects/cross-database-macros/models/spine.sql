{{ dbt.date_spine('day', "date '2026-01-01'", "date '2026-01-05'") }}
