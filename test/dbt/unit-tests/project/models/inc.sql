{{ config(materialized='incremental') }}
select *, {{ var('cutoff') }} as cutoff, null as nothing from {{ ref('src') }} where amount < {{ var('cutoff') }}
{% if is_incremental() %} and id > (select max(id) from {{ this }}) {% endif %}
