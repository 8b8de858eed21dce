{{ config(
    materialized = 'incremental',
    unique_key = ['a', 'b'],
    on_schema_change = 'append_new_columns'
) }}
select * from {{ ref('stg_orders') }} join {{ ref('stg_pay') }} using (id) join {{ ref('local_pkg', 'pkg_a') }} using (id)
{% if is_incremental() %} where x > (select max(x) from {{ this }}) {% endif %}
{% if execute %}{% set r = run_query('select 1') %}{% endif %}
