{{ config(materialized='table') }}
select now()::timestamp as loaded_at, 1 as id union all select now()::timestamp - interval 100 day, 2
