-- The database of a small web shop, as an application would have it. Every table tells when a row last changed.
create schema shop;

create table shop.clock (day date not null);

create type shop.order_status as enum ('placed', 'paid', 'shipped', 'delivered', 'cancelled', 'returned');
create type shop.payment_method as enum ('card', 'transfer', 'wallet');

create table shop.customers (
    customer_id bigint primary key,
    full_name text not null,
    email text,
    phone text,
    segment text not null,
    marketing_consent boolean not null,
    preferences jsonb not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create table shop.addresses (
    address_id bigint primary key,
    customer_id bigint not null references shop.customers on delete cascade,
    kind text not null,
    street text not null,
    postcode text not null,
    city text not null,
    country_code char(2) not null,
    updated_at timestamptz not null
);

create table shop.orders (
    order_id bigint primary key,
    customer_id bigint not null references shop.customers on delete cascade,
    status shop.order_status not null,
    placed_at timestamptz not null,
    tags text[] not null,
    source_ip inet,
    updated_at timestamptz not null
);

create table shop.order_items (
    order_id bigint not null references shop.orders on delete cascade,
    line_number smallint not null,
    sku text not null,
    quantity integer not null,
    unit_price numeric(10, 2) not null,
    updated_at timestamptz not null,
    primary key (order_id, line_number)
);

create table shop.payments (
    payment_id uuid primary key,
    order_id bigint not null references shop.orders on delete cascade,
    method shop.payment_method not null,
    amount numeric(12, 2) not null,
    paid_at timestamptz not null,
    updated_at timestamptz not null
);

create table shop.refunds (
    refund_id bigint primary key,
    payment_id uuid not null references shop.payments on delete cascade,
    amount numeric(12, 2) not null,
    reason text,
    refunded_at timestamptz not null,
    updated_at timestamptz not null
);

-- What applications index for syncs; incremental reads use them.
create index on shop.customers (updated_at);
create index on shop.orders (updated_at);
create index on shop.order_items (updated_at);
create index on shop.payments (updated_at);

-- The same draw for the same seed, name and number, on any version: everything that looks random comes from it.
create function shop.draw(name text, number bigint) returns double precision
language sql stable parallel safe as
$$ select ('x' || substr(md5(current_setting('shop.seed') || ':' || name || ':' || number), 1, 8))::bit(32)::bigint / 4294967296.0 $$;

create function shop.pick(name text, number bigint, choices text[]) returns text
language sql stable parallel safe as
$$ select choices[1 + floor(shop.draw(name, number) * cardinality(choices))::integer] $$;
