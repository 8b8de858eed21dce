{{ config(event_time='happened_at') }}
select n as id, timestamp '2026-01-01' + n * interval 12 hour as happened_at from range(10) as t(n)
