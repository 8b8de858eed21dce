
with orders as (select * from "warehouse"."main_staging"."stg_orders")
select *, round(amount_cents / 100, 2) as amount from orders
