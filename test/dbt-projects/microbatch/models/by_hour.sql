{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='happened_at', batch_size='hour',
          begin='2026-01-01T00:00:00', concurrent_batches=false) }}
select id, happened_at, amount, '{{ model.batch.event_time_start }}' is not null as batched from {{ ref('events') }}
{% if model.batch is not defined or false %}where false{% endif %}
