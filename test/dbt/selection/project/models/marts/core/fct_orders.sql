select o.id, o.ordered_at, {{ money('o.amount') }} as amount, c.name as country
from {{ ref('stg_orders') }} as o
join {{ ref('stg_customers') }} as k on k.id = o.customer_id
join {{ ref('countries') }} as c on c.code = k.country
