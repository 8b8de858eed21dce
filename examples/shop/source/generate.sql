-- shop.seed and shop.scale are set for the session. Scale 1: 5,000 customers and 20,000 orders of eighteen months.
insert into shop.clock values (date '2026-06-30');

insert into shop.customers
select
    n,
    shop.pick('first', n, '{Ada,Ben,Chloé,Dov,Elif,Femi,Greta,Hugo,Ines,Jonas,Kaori,Liam,Mara,Nils,Olga,Pilar}')
    || ' ' || shop.pick('last', n, '{Abara,Berg,Costa,Dubois,Ek,Farkas,García,Huber,Ito,Jansen,Kaya,Lind,Moreau,Novák,O''Brien,Petrov}'),
    -- A few never gave an address.
    case when shop.draw('no email', n) < 0.01 then null else 'customer' || n || '@example.com' end,
    case when shop.draw('phone', n) < 0.6 then '+49 30 ' || (1000000 + floor(shop.draw('number', n) * 8999999))::bigint end,
    shop.pick('segment', n, '{private,private,private,business,reseller}'),
    shop.draw('consent', n) < 0.4,
    jsonb_build_object('language', shop.pick('language', n, '{de,en,fr,tr}'), 'newsletter', shop.draw('news', n) < 0.3),
    created_at,
    created_at
from generate_series(1, 5000 * current_setting('shop.scale')::integer) as n,
lateral (select timestamptz '2025-01-01 00:00+00' + floor(shop.draw('created', n) * 545 * 86400) * interval '1 second' as created_at) as c;

insert into shop.addresses
select
    n * 2 + kind.number,
    n,
    kind.name,
    shop.pick('street', n, '{Ahornweg,Birkenallee,Calle Mayor,Dorfstraße,Elm Street,Rue du Four}') || ' ' || 1 + floor(shop.draw('house', n) * 120)::integer,
    lpad(floor(shop.draw('postcode', n) * 99999)::text, 5, '0'),
    shop.pick('city', n, '{Berlin,Lyon,Madrid,Porto,Graz,Gent}'),
    shop.pick('country', n, '{DE,FR,ES,PT,AT,BE}'),
    customers.updated_at
from shop.customers
cross join lateral (select customer_id as n) as c
cross join (values (0, 'billing'), (1, 'shipping')) as kind (number, name)
where kind.number = 0 or shop.draw('ships elsewhere', n) < 0.3;

insert into shop.orders
select
    n,
    customer_id,
    (case
        when shop.draw('end', n) < 0.04 then 'cancelled'
        when shop.draw('end', n) < 0.07 then 'returned'
        when placed_at > timestamptz '2026-06-28 00:00+00' then 'placed'
        when placed_at > timestamptz '2026-06-25 00:00+00' then 'paid'
        when placed_at > timestamptz '2026-06-20 00:00+00' then 'shipped'
        else 'delivered'
    end)::shop.order_status,
    placed_at,
    case when shop.draw('gift', n) < 0.1 then array['gift'] else '{}'::text[] end
    || case when shop.draw('express', n) < 0.2 then array['express'] else '{}'::text[] end,
    case when shop.draw('ip', n) < 0.8 then ('10.' || floor(shop.draw('ip2', n) * 255)::integer || '.' || floor(shop.draw('ip3', n) * 255)::integer || '.1')::inet end,
    placed_at + floor(shop.draw('settled', n) * 3600) * interval '1 second'
from generate_series(1, 20000 * current_setting('shop.scale')::integer) as n,
lateral (
    select
        1 + floor(shop.draw('customer', n) * 5000 * current_setting('shop.scale')::integer)::bigint as customer_id,
        timestamptz '2025-01-01 00:00+00' + floor(shop.draw('placed', n) * 545 * 86400) * interval '1 second' as placed_at
) as o;

insert into shop.order_items
select
    order_id,
    line,
    'SKU-' || lpad((1 + floor(shop.draw('sku' || line, order_id) * 400))::text, 4, '0'),
    -- Three lines were saved without a quantity: the application once had a mistake.
    case when order_id % 7001 = 13 and line = 1 then 0 else 1 + floor(shop.draw('quantity' || line, order_id) * 3)::integer end,
    (2 + floor(shop.draw('price' || line, order_id) * 18000) / 100)::numeric(10, 2),
    orders.updated_at
from shop.orders
cross join lateral generate_series(1, 1 + floor(shop.draw('lines', order_id) * 4)::integer) as line;

insert into shop.payments
select
    md5(current_setting('shop.seed') || ':payment:' || order_id)::uuid,
    order_id,
    shop.pick('method', order_id, '{card,card,card,transfer,wallet}')::shop.payment_method,
    (select sum(quantity * unit_price) from shop.order_items as items where items.order_id = orders.order_id),
    updated_at,
    updated_at
from shop.orders
where status <> 'placed' and status <> 'cancelled';

insert into shop.refunds
select
    order_id,
    payment_id,
    -- Two refunds are of more than was paid.
    case when order_id % 9001 = 17 then payments.amount + 5 else payments.amount end,
    shop.pick('reason', order_id, array['too small', 'damaged', 'late', null]),
    payments.updated_at + interval '3 days',
    payments.updated_at + interval '3 days'
from shop.payments
join shop.orders using (order_id)
where orders.status = 'returned' or order_id % 9001 = 17;

analyze;
