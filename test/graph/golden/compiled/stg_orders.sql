
select order_id, customer_id, country, amount_cents, ordered_at
from "warehouse"."raw"."raw_shop_orders"
where amount_cents >= 100
