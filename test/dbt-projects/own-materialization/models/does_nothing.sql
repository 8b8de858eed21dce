{{ config(materialized='nothing') }}
select * from {{ ref('counted_up') }}
