select id + 1 as id, 'x' as name from {{ ref('orders') }}
