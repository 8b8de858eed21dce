{{ config(materialized='counted', begin_at=5, post_hook='select 1', wanted=['x', {'y': 2}]) }}
select 'row' as name
