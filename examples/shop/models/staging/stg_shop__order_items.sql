{{ config(materialized='view', tags=['staging']) }}

select
    order_id,
    line_number,
    sku,
    quantity,
    unit_price,
    cast(quantity * unit_price as decimal(14, 2)) as line_amount
from {{ source('shop', 'order_items') }}
