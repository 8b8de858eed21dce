select id, name, amount, placed_at from {{ ref('raw_orders') }}
