{{ config(materialized='table', tags=['fact']) }}

{#-
  Grain: one row per line of an order that was not cancelled, with the customer as the shop knew them when it was placed.
  Measures: quantity and line_amount (additive). Degenerate dimensions: order_id, sku.
-#}

select
    {{ surrogate_key(['items.order_id', 'items.line_number']) }} as order_line_key,
    {{ date_key('orders.placed_date') }} as date_key,
    customers.customer_key,
    items.order_id,
    items.sku,
    orders.order_status,
    items.quantity,
    items.line_amount
from {{ ref('stg_shop__order_items') }} as items
join {{ ref('stg_shop__orders') }} as orders on orders.order_id = items.order_id
left join {{ ref('dim_customer') }} as customers
    on customers.customer_id = orders.customer_id
    and orders.placed_at >= customers.valid_from
    and orders.placed_at < customers.valid_to
where orders.order_status <> 'cancelled'
