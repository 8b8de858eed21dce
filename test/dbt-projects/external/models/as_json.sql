{{ config(materialized='external', format='json', location='written.json') }}
select id from {{ ref('as_csv') }}
