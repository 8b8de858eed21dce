{% snapshot snap %}
{{ config(unique_key='id', strategy='timestamp', updated_at='placed_at', target_schema='snaps') }}
select * from {{ ref('raw_orders') }}
{% endsnapshot %}
