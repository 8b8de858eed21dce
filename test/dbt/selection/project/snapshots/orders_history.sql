{% snapshot orders_history %}
{{ config(strategy='check', unique_key='id', check_cols='all', tags=['nightly']) }}
select * from {{ ref('stg_orders') }}
{% endsnapshot %}
