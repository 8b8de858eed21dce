{{ config(materialized='view', tags=['staging']) }}

select
    "date" as observed_date,
    precipitation as precipitation_mm,
    temp_max as high_celsius,
    temp_min as low_celsius,
    wind as wind_metres_per_second,
    weather as condition
from {{ source('vega', 'weather') }}
