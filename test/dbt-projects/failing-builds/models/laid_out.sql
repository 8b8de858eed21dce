{{ config(materialized='table', partition_by={'field': 'id', 'data_type': 'integer'}) }}
select 1 as id
