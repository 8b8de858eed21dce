{{ config(materialized='table', tags=['mart']) }}

{#- Grain: one row per airport of departure and month. -#}

select
    airports.airport_id,
    airports.airport_name,
    airports.city,
    airports.state,
    dates.year,
    dates.month_number,
    dates.month_name,
    sum(flights.flight_count) as flight_count,
    sum(case when flights.is_late then 1 else 0 end) as late_flight_count,
    round(100.0 * sum(case when flights.is_late then 1 else 0 end) / count(*), 2) as late_flight_pct,
    round(avg(flights.delay_minutes), 2) as average_delay_minutes,
    max(flights.delay_minutes) as longest_delay_minutes
from {{ ref('fct_flights') }} as flights
inner join {{ ref('dim_airport') }} as airports on airports.airport_key = flights.origin_airport_key
inner join {{ ref('dim_date') }} as dates on dates.date_key = flights.date_key
group by 1, 2, 3, 4, 5, 6, 7
