{{ config(materialized='table_function', parameters='least') }}
select * from {{ ref('reads') }} where id >= least
