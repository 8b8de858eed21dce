{% snapshot by_own_strategy %}
  {{ config(unique_key='id', strategy='by_length', target_schema='analytics') }}
  select * from {{ ref('today') }}
{% endsnapshot %}
