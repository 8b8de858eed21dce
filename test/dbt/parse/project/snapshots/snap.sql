{% snapshot sql_snap %}
{{ config(unique_key='id', strategy='check', check_cols='all', hard_deletes='invalidate') }}
select * from {{ ref('stg_orders') }}
{% endsnapshot %}
{% snapshot sql_snap2 -%}
{{ config(unique_key='id', strategy='check', check_cols=['a'], target_schema='other') }}
select * from {{ ref('fct') }}
{%- endsnapshot %}
