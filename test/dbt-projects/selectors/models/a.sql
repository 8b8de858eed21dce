{{ config(tags=['x', 'y'], materialized='table', meta={'level': 2}) }}
select * from {{ ref('seed_one') }} where {{ 'true' }} or exists (select 1 from {{ source('raw', 'tables') }})
