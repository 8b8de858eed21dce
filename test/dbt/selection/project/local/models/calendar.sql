{{ config(tags=['reference', 'daily']) }}
select 1 as day_id
