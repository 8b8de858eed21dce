{{ config(materialized='table') }}
select {{ used() }} as id
