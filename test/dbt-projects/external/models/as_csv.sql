{{ config(materialized='external', location='written.csv', delimiter='|') }}
select * from {{ ref('as_parquet') }}
