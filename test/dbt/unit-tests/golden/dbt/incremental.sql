
with __dbt__cte__inc as (

-- Fixture for inc
select 
    
    cast(2 as INTEGER)
 as "id", cast(null as character varying(256)) as "name", cast(null as DECIMAL(10,2)) as "amount", cast(null as INTEGER[]) as "xs", cast(null as BOOLEAN) as "ok", cast(null as DATE) as "d", cast(null as DOUBLE) as "f", cast(null as STRUCT(a INTEGER)) as "st", cast(null as TIMESTAMP WITH TIME ZONE) as "ts", cast(null as INTEGER) as "cutoff", cast(null as INTEGER) as "nothing"
),  __dbt__cte__src as (

-- Fixture for src
select 
    
    cast(1 as INTEGER)
 as "id", cast(null as character varying(256)) as "name", 
    
    cast(1 as DECIMAL(10,2))
 as "amount", cast(null as INTEGER[]) as "xs", cast(null as BOOLEAN) as "ok", cast(null as DATE) as "d", cast(null as DOUBLE) as "f", cast(null as STRUCT(a INTEGER)) as "st", cast(null as TIMESTAMP WITH TIME ZONE) as "ts"
union all
select 
    
    cast(2 as INTEGER)
 as "id", cast(null as character varying(256)) as "name", 
    
    cast(1 as DECIMAL(10,2))
 as "amount", cast(null as INTEGER[]) as "xs", cast(null as BOOLEAN) as "ok", cast(null as DATE) as "d", cast(null as DOUBLE) as "f", cast(null as STRUCT(a INTEGER)) as "st", cast(null as TIMESTAMP WITH TIME ZONE) as "ts"
union all
select 
    
    cast(3 as INTEGER)
 as "id", cast(null as character varying(256)) as "name", 
    
    cast(1 as DECIMAL(10,2))
 as "amount", cast(null as INTEGER[]) as "xs", cast(null as BOOLEAN) as "ok", cast(null as DATE) as "d", cast(null as DOUBLE) as "f", cast(null as STRUCT(a INTEGER)) as "st", cast(null as TIMESTAMP WITH TIME ZONE) as "ts"
) select *, 10 as cutoff, null as nothing from __dbt__cte__src where amount < 10
 and id > (select max(id) from __dbt__cte__inc) 