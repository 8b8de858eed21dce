{{ config(materialized='ephemeral') }}

{%- set bands = [('early', -1), ('on time', var('late_after_minutes') - 1), ('late', 59), ('very late', 239)] %}

select
    flights.*,
    delay_minutes >= {{ var('late_after_minutes') }} as is_late,
    case
        {%- for band, up_to in bands %}
        when delay_minutes <= {{ up_to }} then '{{ band }}'
        {%- endfor %}
        else 'extremely late'
    end as delay_band
from {{ ref('stg_vega__flights') }} as flights
