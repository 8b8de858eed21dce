{% snapshot in_sql %}
  {{ config(target_schema='old_form', unique_key='id', strategy='timestamp', updated_at='changed_at') }}
  select * from {{ ref('today') }}
{% endsnapshot %}

{% snapshot second_in_file %}
  {{ config(unique_key="id || '-' || part", strategy='timestamp', updated_at='changed_at', invalidate_hard_deletes=true) }}
  select * from {{ ref('today') }}
{% endsnapshot %}
