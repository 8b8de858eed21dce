select id, customer_id, amount, cast('2024-01-01' as date) as ordered_at from {{ source('shop', 'orders') }}
