{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='happened_at', batch_size='day',
          begin='2026-01-01', lookback=1) }}
select id, happened_at, amount from {{ ref('events') }}
