{{ config(store_failures=true) }}
select * from {{ ref('numbers') }} where id > 2
