{{ config(event_time='at') }}
select n as id, timestamp '2026-01-01' + n * interval 12 hour as at from range(10) as t(n)
