{{ config(materialized='table', tags=['dimension']) }}

{#- Grain: one row per airport. Natural key: airport_id (the IATA code). -#}

select
    {{ surrogate_key(['airport_id']) }} as airport_key,
    airport_id,
    airport_name,
    city,
    state,
    country,
    latitude,
    longitude,
    airport_id in (select origin_airport_id from {{ ref('stg_vega__flights') }}) as has_departures
from {{ ref('stg_vega__airports') }}
