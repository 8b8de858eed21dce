{{ config(tags=['personal'], materialized='ephemeral') }}
select * from {{ source('shop', 'customers') }}
