{{ config(materialized='table') }}
select date '2026-01-01' + n::integer as date_day from range(10) as t(n)
