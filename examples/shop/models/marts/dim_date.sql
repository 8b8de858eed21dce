{{ config(materialized='table', tags=['dimension']) }}

{#- Grain: one row per calendar day from first_date to last_date. The fiscal year is the calendar year. -#}

with days as (
    select cast(day as date) as full_date
    from generate_series(
        cast('{{ var("first_date") }}' as timestamp),
        cast('{{ var("last_date") }}' as timestamp),
        interval '1 day'
    ) as series(day)
)

select
    {{ date_key('full_date') }} as date_key,
    full_date,
    cast(extract(isodow from full_date) as integer) as day_of_week,
    {{ name_of('extract(isodow from full_date)', 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday') }} as day_name,
    cast(extract(day from full_date) as integer) as day_of_month,
    cast(extract(doy from full_date) as integer) as day_of_year,
    cast(extract(week from full_date) as integer) as week_of_year,
    cast(extract(month from full_date) as integer) as month_number,
    {{ name_of('extract(month from full_date)', 'January February March April May June July August September October November December') }} as month_name,
    cast(extract(quarter from full_date) as integer) as quarter,
    cast(extract(year from full_date) as integer) as year,
    extract(isodow from full_date) in (6, 7) as is_weekend,
    extract(month from full_date) * 100 + extract(day from full_date) in (101, 501, 1225, 1226) as is_holiday,
    cast(extract(quarter from full_date) as integer) as fiscal_quarter,
    cast(extract(year from full_date) as integer) as fiscal_year
from days
