{{ config(materialized='table', tags=['mart']) }}

{#-
  Grain: one row per month of flights leaving Seattle in 2001, beside the weather that is typical of that month there.
  The weather is the average of 2012 to 2015, not that of the flights' own days.
-#}

with flights as (
    select
        dates.month_number,
        dates.month_name,
        count(*) as flight_count,
        round(avg(flights.delay_minutes), 2) as average_delay_minutes
    from {{ ref('fct_flights') }} as flights
    inner join {{ ref('dim_airport') }} as airports on airports.airport_key = flights.origin_airport_key
    inner join {{ ref('dim_date') }} as dates on dates.date_key = flights.date_key
    where airports.airport_id = 'SEA'
    group by 1, 2
),

weather as (
    select
        cast(extract(month from observed_date) as integer) as month_number,
        avg(high_celsius) as average_high_celsius,
        {%- for condition in ['rain', 'snow', 'fog', 'sun'] %}
        100.0 * sum(case when condition = '{{ condition }}' then 1 else 0 end) / count(*) as {{ condition }}_days_pct{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('stg_vega__weather') }}
    group by 1
)

select
    flights.month_number,
    flights.month_name,
    flights.flight_count,
    flights.average_delay_minutes,
    round(cast(weather.average_high_celsius as decimal(10, 4)), 1) as typical_high_celsius,
    {%- for condition in ['rain', 'snow', 'fog', 'sun'] %}
    round(cast(weather.{{ condition }}_days_pct as decimal(10, 4)), 1) as typical_{{ condition }}_days_pct{{ ',' if not loop.last }}
    {%- endfor %}
from flights
inner join weather on weather.month_number = flights.month_number
