{{ config(tags=['y']) }}
select * from {{ ref('c') }}
