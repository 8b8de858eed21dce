{{ config(materialized='view', tags=['staging']) }}

select
    iata as airport_id,
    name as airport_name,
    city,
    state,
    country,
    latitude,
    longitude
from {{ source('vega', 'airports') }}
