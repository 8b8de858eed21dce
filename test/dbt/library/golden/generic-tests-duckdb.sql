-- unique
select
    id as unique_field,
    count(*) as n_records

from (select * from orders where state <> 'lost') dbt_subquery
where id is not null
group by id
having count(*) > 1

-- unique together
select
    id, line,
    count(*) as n_records

from orders
where id is not null and line is not null
group by id, line
having count(*) > 1

-- not_null
select id
from orders
where id is null

-- accepted_values
with all_values as (

    select
        state as value_field,
        count(*) as n_records

    from orders
    group by state

)

select *
from all_values
where value_field not in (
    'open','shut','3'
)

-- accepted_values, not quoted
with all_values as (

    select
        state as value_field,
        count(*) as n_records

    from orders
    group by state

)

select *
from all_values
where value_field not in (
    1,2
)

-- relationships
with child as (
    select customer as from_field
    from orders
    where customer is not null
),

parent as (
    select id as to_field
    from customers
)

select
    from_field

from child
left join parent
    on child.from_field = parent.to_field

where parent.to_field is null

-- accepted_range
select *
from orders
where n < 1 or n > 'it''s'

-- accepted_range, exclusive
select *
from orders
where n <= 0.5

-- matches
select *
from orders
where not regexp_matches(state, '^it''s')

-- expression
select *
from orders
where not (n > 0 -- positive
)

-- recency
select newest
from (
    select max(placed_at) as newest
    from orders
) as judged
where newest is null
    or cast(newest as timestamp with time zone) < cast('2026-02-28T00:00:00+00:00' as timestamp with time zone)

-- row_count
select number_of_rows
from (
    select count(*) as number_of_rows
    from orders
) as counted
where number_of_rows < 1 or number_of_rows > 9

-- query
select
      count(*) as failures,
      count(*) != 0 as should_warn,
      count(*) > 10 as should_error
    from (
      select 1
      
    ) dbt_internal_test

-- query with a limit
select
      max(n) as failures,
      max(n) != 0 as should_warn,
      max(n) > 10 as should_error
    from (
      select 1
      limit 5
    ) dbt_internal_test

-- unit test
with dbt_internal_unit_test_actual as (
  select id, "Name", 'actual' as "actual_or_expected"
  from (
    select 1 as id
  ) _dbt_internal_unit_test_actual
),
dbt_internal_unit_test_expected as (
  select id, "Name", 'expected' as "actual_or_expected"
  from (
    select 2 as id
  ) _dbt_internal_unit_test_expected
)
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected
