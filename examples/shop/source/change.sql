-- One more day in the shop. shop.seed is set for the session; the same day always brings the same.
update shop.clock set day = day + 1;
select set_config('shop.seed', current_setting('shop.seed') || ':' || day, true), set_config('shop.day', day::text, true) from shop.clock;

create or replace function pg_temp.moment(name text, number bigint) returns timestamptz language sql stable as
$$ select current_setting('shop.day')::timestamptz + floor(shop.draw('moment ' || name, number) * 86000) * interval '1 second' $$;

-- People change what they are, and move.
update shop.customers set
    segment = shop.pick('segment', customer_id, '{private,business,reseller}'),
    marketing_consent = shop.draw('consent', customer_id) < 0.5,
    updated_at = pg_temp.moment('customer', customer_id)
where shop.draw('customer', customer_id) < 0.01;

update shop.addresses set
    city = shop.pick('city', address_id, '{Wien,Lisboa,Nantes,Köln,Sevilla,Brugge}'),
    updated_at = pg_temp.moment('address', address_id)
where shop.draw('address', address_id) < 0.005;

-- Orders go their way.
update shop.orders set
    status = (case status when 'placed' then 'paid' when 'paid' then 'shipped' else 'delivered' end)::shop.order_status,
    updated_at = pg_temp.moment('order', order_id)
where status in ('placed', 'paid', 'shipped') and shop.draw('on', order_id) < 0.5;

insert into shop.payments
select
    md5(current_setting('shop.seed') || ':payment:' || order_id)::uuid, order_id, 'card',
    (select sum(quantity * unit_price) from shop.order_items as items where items.order_id = orders.order_id),
    updated_at, updated_at
from shop.orders
where status = 'paid' and not exists (select from shop.payments where payments.order_id = orders.order_id);

-- New orders.
with new as (
    insert into shop.orders
    select
        last + n, 1 + floor(shop.draw('by', n) * customers)::bigint, 'placed', pg_temp.moment('new', n), '{}', null, pg_temp.moment('new', n)
    from (select max(order_id) as last from shop.orders) as o,
    (select count(*) as customers from shop.customers) as c,
    generate_series(1, greatest(40, (select count(*) / 500 from shop.customers))) as n
    returning order_id, updated_at
)
insert into shop.order_items
select order_id, 1, 'SKU-' || lpad((1 + floor(shop.draw('sku', order_id) * 400))::text, 4, '0'), 1, 19.90, updated_at
from new;

-- A slow transaction: its payment is dated five minutes before what others committed long ago.
update shop.payments set amount = amount, updated_at = (select max(updated_at) - interval '5 minutes' from shop.payments where updated_at < current_setting('shop.day')::timestamptz)
where payment_id = (select payment_id from shop.payments order by payment_id limit 1);

-- Test orders are deleted, with all that hangs on them.
delete from shop.orders where order_id in (
    select order_id from shop.orders where placed_at < current_setting('shop.day')::timestamptz - interval '300 days' order by shop.draw('gone', order_id) limit 3
);
