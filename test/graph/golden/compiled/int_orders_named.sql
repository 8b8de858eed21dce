
with __dbt__cte__int_orders_priced as (

with orders as (select * from "warehouse"."main_staging"."stg_orders")
select *, round(amount_cents / 100, 2) as amount from orders
) select o.*, c.name -- the customer's
from __dbt__cte__int_orders_priced o join "warehouse"."main_staging"."stg_customers" c using (customer_id)
