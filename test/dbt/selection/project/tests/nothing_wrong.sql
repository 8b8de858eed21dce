{{ config(tags=['slow']) }}
select 1 where false
