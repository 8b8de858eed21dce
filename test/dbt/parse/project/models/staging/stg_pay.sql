{{ config(materialized='ephemeral', enabled=var('on_flag'), meta={'k': 'v'}, grants={'+select': ['y']}) }}
select * from {{ ref('raw_pay') }} -- {{ my_macro('x') }}
