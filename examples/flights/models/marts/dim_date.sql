{{ config(materialized='table', tags=['dimension']) }}

{#- Grain: one row per calendar day from first_date to last_date. -#}
{%- set fiscal_shift = 13 - var('fiscal_year_starts_in_month') %}

with days as (
    select cast(day as date) as full_date
    from generate_series(
        cast('{{ var("first_date") }}' as timestamp),
        cast('{{ var("last_date") }}' as timestamp),
        interval '1 day'
    ) as series(day)
),

shifted as (
    -- The fiscal year is named after the calendar year in which it ends.
    select full_date, full_date + interval '{{ fiscal_shift % 12 }} months' as fiscal_date
    from days
)

select
    {{ date_key('full_date') }} as date_key,
    full_date,
    cast(extract(isodow from full_date) as integer) as day_of_week,
    {{ day_name('full_date') }} as day_name,
    cast(extract(day from full_date) as integer) as day_of_month,
    cast(extract(doy from full_date) as integer) as day_of_year,
    cast(extract(week from full_date) as integer) as week_of_year,
    cast(extract(month from full_date) as integer) as month_number,
    {{ month_name('full_date') }} as month_name,
    cast(extract(quarter from full_date) as integer) as quarter,
    cast(extract(year from full_date) as integer) as year,
    extract(isodow from full_date) in (6, 7) as is_weekend,
    {{ is_us_holiday('full_date') }} as is_holiday,
    cast(extract(quarter from fiscal_date) as integer) as fiscal_quarter,
    cast(extract(year from fiscal_date) as integer) as fiscal_year
from shifted
