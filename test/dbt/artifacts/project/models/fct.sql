{{ config(materialized='incremental', unique_key='id', group='fin', meta={'x': 1}) }}
select o.id, o.name, e.double_amount, {{ var('cutoff') }} as cutoff from {{ ref('stg_orders') }} o join {{ ref('eph') }} e using (id)
{% if is_incremental() %} where o.id > (select max(id) from {{ this }}) {% endif %}
