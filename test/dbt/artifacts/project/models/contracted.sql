{{ config(materialized='table') }}
select id, cast(name as varchar) as name from {{ ref('stg_orders') }}
