
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "name","Id", 'actual' as "actual_or_expected"
  from (
    with __dbt__cte__src as (

-- Fixture for src
select 
    
    cast('1' as INTEGER)
 as "Id"
union all
select 
    
    cast('2' as INTEGER)
 as "Id"
),  __dbt__cte__src__2 as (

-- Fixture for src
select 
    
    cast('2' as INTEGER)
 as "id", 
    
    cast('b' as character varying)
 as "name", cast(null as DECIMAL(10,2)) as "amount", cast(null as INTEGER[]) as "xs", cast(null as BOOLEAN) as "ok", cast(null as DATE) as "d", cast(null as STRUCT(a INTEGER)) as "st", cast(null as INTEGER) as "nothing"
union all
select 
    
    cast('1' as INTEGER)
 as "id", 
    
    cast(null as character varying(256))
 as "name", cast(null as DECIMAL(10,2)) as "amount", cast(null as INTEGER[]) as "xs", cast(null as BOOLEAN) as "ok", cast(null as DATE) as "d", cast(null as STRUCT(a INTEGER)) as "st", cast(null as INTEGER) as "nothing"
) select s.id, m.name from __dbt__cte__src s join __dbt__cte__src__2 m on s."Id" = m.id
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "name", "Id", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('b' as character varying)
 as "name", 
    
    cast('2' as INTEGER)
 as "Id"
union all
select 
    
    cast(null as character varying(256))
 as "name", 
    
    cast('1' as INTEGER)
 as "Id"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected
