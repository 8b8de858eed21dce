{{ config(materialized='table', tags=['fact']) }}

{#-
  Grain: one row per flight that left one airport for another at one minute.
  Measures: delay_minutes (semi-additive: average it), distance_miles (additive), flight_count (additive).
-#}

select
    {{ surrogate_key(['departed_at', 'origin_airport_id', 'destination_airport_id', 'delay_minutes', 'distance_miles']) }} as flight_key,
    {{ date_key('departed_date') }} as date_key,
    {{ surrogate_key(['origin_airport_id']) }} as origin_airport_key,
    {{ surrogate_key(['destination_airport_id']) }} as destination_airport_key,
    departed_at,
    delay_minutes,
    distance_miles,
    delay_band,
    is_late,
    1 as flight_count
from {{ ref('int_flights_classified') }}
