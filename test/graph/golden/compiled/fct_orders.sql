
with  __dbt__cte__int_orders_priced as (

with orders as (select * from "warehouse"."main_staging"."stg_orders")
select *, round(amount_cents / 100, 2) as amount from orders
),  __dbt__cte__int_orders_named as (

select o.*, c.name -- the customer's
from __dbt__cte__int_orders_priced o join "warehouse"."main_staging"."stg_customers" c using (customer_id)
), recent as (
  select * from __dbt__cte__int_orders_named
)
select
  order_id,
  sum(case when country = 'FR' then amount end) as amount_fr,
  sum(case when country = 'DE' then amount end) as amount_de
from recent
where order_id not in (select order_id from "warehouse"."main_staging"."stg_orders" where amount_cents < 0)
group by order_id
