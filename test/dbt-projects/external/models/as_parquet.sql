{{ config(materialized='external') }}
select * from {{ source('files', 'people') }}
