with  __dbt__cte__eph as (
select 1 as id, 'e' as name union all select 2, 'f' union all select 3, 'g'
),  __dbt__cte__src as (

-- Fixture for src
select 
    
    cast('1' as INTEGER)
 as "id", 
    
    cast('x' as character varying)
 as "name", 
    
    cast('1' as DECIMAL(10,2))
 as "amount", cast(null as INTEGER[]) as "xs", cast(null as BOOLEAN) as "ok", cast(null as DATE) as "d", cast(null as DOUBLE) as "f", cast(null as STRUCT(a INTEGER)) as "st", cast(null as TIMESTAMP WITH TIME ZONE) as "ts"
union all
select 
    
    cast('1' as INTEGER)
 as "id", 
    
    cast('x' as character varying)
 as "name", 
    
    cast('2' as DECIMAL(10,2))
 as "amount", cast(null as INTEGER[]) as "xs", cast(null as BOOLEAN) as "ok", cast(null as DATE) as "d", cast(null as DOUBLE) as "f", cast(null as STRUCT(a INTEGER)) as "st", cast(null as TIMESTAMP WITH TIME ZONE) as "ts"
union all
select 
    
    cast('2' as INTEGER)
 as "id", 
    
    cast('y' as character varying)
 as "name", 
    
    cast(null as DECIMAL(10,2))
 as "amount", cast(null as INTEGER[]) as "xs", cast(null as BOOLEAN) as "ok", cast(null as DATE) as "d", cast(null as DOUBLE) as "f", cast(null as STRUCT(a INTEGER)) as "st", cast(null as TIMESTAMP WITH TIME ZONE) as "ts"
union all
select 
    
    cast('3' as INTEGER)
 as "id", 
    
    cast('z' as character varying)
 as "name", 
    
    cast('4' as DECIMAL(10,2))
 as "amount", cast(null as INTEGER[]) as "xs", cast(null as BOOLEAN) as "ok", cast(null as DATE) as "d", cast(null as DOUBLE) as "f", cast(null as STRUCT(a INTEGER)) as "st", cast(null as TIMESTAMP WITH TIME ZONE) as "ts"
), a as (select * from __dbt__cte__eph) select a.id, s.name, sum(amount) as amount from a join __dbt__cte__src s using (id) group by all