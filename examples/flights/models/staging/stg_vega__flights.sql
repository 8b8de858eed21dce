{{ config(materialized='view', tags=['staging']) }}

select
    "date" as departed_at,
    cast("date" as date) as departed_date,
    delay as delay_minutes,
    distance as distance_miles,
    origin as origin_airport_id,
    destination as destination_airport_id
from {{ source('vega', 'flights') }}
