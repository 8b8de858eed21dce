
with __dbt__cte__src as (

-- Fixture for src
select 
    
    cast(2 as INTEGER)
 as "id", 
    
    cast('b' as character varying)
 as "name", 
    
    cast(5 as DECIMAL(10,2))
 as "amount", cast(null as INTEGER[]) as "xs", cast(null as BOOLEAN) as "ok", cast(null as DATE) as "d", cast(null as DOUBLE) as "f", cast(null as STRUCT(a INTEGER)) as "st", cast(null as TIMESTAMP WITH TIME ZONE) as "ts"
union all
select 
    
    cast(1 as INTEGER)
 as "id", 
    
    cast('o''x' as character varying)
 as "name", 
    
    cast(1.5 as DECIMAL(10,2))
 as "amount", 
    
    cast([1, 2] as INTEGER[])
 as "xs", 
    
    cast(True as BOOLEAN)
 as "ok", 
    
    cast('2024-02-01' as DATE)
 as "d", 
    
    cast(2.5 as DOUBLE)
 as "f", 
    
    cast({'a': 3} as STRUCT(a INTEGER))
 as "st", 
    
    cast(null as TIMESTAMP WITH TIME ZONE)
 as "ts"
) select *, 3 as cutoff, null as nothing from __dbt__cte__src where amount < 3
