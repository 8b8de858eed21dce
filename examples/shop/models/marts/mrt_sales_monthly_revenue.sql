{{ config(materialized='table', tags=['mart']) }}

{#- Grain: one row per month and segment of customers, as they were when they ordered. -#}

select
    dates.year,
    dates.month_number,
    customers.segment,
    count(distinct lines.order_id) as order_count,
    sum(lines.quantity) as item_count,
    sum(lines.line_amount) as revenue_amount
from {{ ref('fct_order_lines') }} as lines
join {{ ref('dim_date') }} as dates on dates.date_key = lines.date_key
join {{ ref('dim_customer') }} as customers on customers.customer_key = lines.customer_key
group by dates.year, dates.month_number, customers.segment
