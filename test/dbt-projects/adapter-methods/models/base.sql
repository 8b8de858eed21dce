{{ config(materialized='table') }}
select * from (values (1, 'a', 1.5::decimal(10, 2), date '2026-01-01'), (2, null, null, null)) as t(id, name, amount, day)
