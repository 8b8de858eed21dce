select
  {{ dbt.dateadd('day', 3, "date '2026-01-30'") }} as added,
  {{ dateadd(datepart='month', interval=-1, from_date_or_timestamp="timestamp '2026-03-31 10:00:00'") }} as a_month_before,
  {{ dbt.datediff("date '2026-01-01'", "date '2026-03-01'", 'day') }} as days,
  {{ dbt.datediff("timestamp '2026-01-01 10:59:00'", "timestamp '2026-01-01 11:01:00'", 'hour') }} as hours,
  {{ dbt.date_trunc('week', "date '2026-01-01'") }} as week,
  {{ dbt.last_day("date '2026-02-10'", 'month') }} as last_of_month,
  {{ dbt.last_day("date '2026-02-10'", 'quarter') }} as last_of_quarter,
  {{ dbt.date(2026, 2, 3) }} as made,
  {{ dbt.cast("'7'", 'integer') }} as cast_number
