{{ config(materialized='view', tags=['staging']) }}

select
    order_id,
    customer_id,
    status as order_status,
    placed_at,
    cast(placed_at at time zone 'UTC' as date) as placed_date,
    updated_at
from {{ source('shop', 'orders') }}
