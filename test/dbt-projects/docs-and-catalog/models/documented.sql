{{ config(materialized='table') }}
select 1 as id, 'it''s' as "Quoted Name", [1] as list
