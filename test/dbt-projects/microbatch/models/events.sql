{{ config(materialized='table', event_time='happened_at') }}
select n as id, timestamp '2026-01-01 00:00:00' + n * interval 6 hour as happened_at, n * {{ var('doubled') }} as amount
from range(16) as t(n)
