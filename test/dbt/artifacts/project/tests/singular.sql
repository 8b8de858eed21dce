{{ config(severity='warn') }}
select * from {{ ref('fct') }} where id > 2
