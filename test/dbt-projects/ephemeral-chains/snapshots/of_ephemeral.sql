{% snapshot of_ephemeral %}
{{ config(unique_key='id', strategy='check', check_cols='all', target_schema='analytics') }}
select * from {{ ref('three') }}
{% endsnapshot %}
