{{ config(materialized='table') }}
select 'a' as name, 1 as id, 1.5::decimal(10, 2) as amount
