{{ config(tags=['five', 'one'], meta={'e': 5}, own_config={'x': [1]}) }}
select 1 as id
