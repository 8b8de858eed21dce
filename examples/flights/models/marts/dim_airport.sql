{{ config(materialized='table', tags=['dimension']) }}

{#- Grain: one row per airport. Natural key: airport_id (the IATA code). -#}

with departures as (
    select distinct origin_airport_id as airport_id
    from {{ ref('stg_vega__flights') }}
)

select
    {{ surrogate_key(['airports.airport_id']) }} as airport_key,
    airports.airport_id,
    airports.airport_name,
    airports.city,
    airports.state,
    airports.country,
    airports.latitude,
    airports.longitude,
    departures.airport_id is not null as has_departures
from {{ ref('stg_vega__airports') }} as airports
left join departures on departures.airport_id = airports.airport_id
