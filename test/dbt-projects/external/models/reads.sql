{{ config(materialized='table') }}
select * from {{ ref('as_json') }} union all select id from {{ source('formatted', 'more') }}
