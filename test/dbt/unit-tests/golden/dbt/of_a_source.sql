with __dbt__cte__src as (
select 7 as id, 'q' as name
) select id, name from __dbt__cte__src