const ORDERS = 20_000

/**
 * The two large CSV files of jaffle-shop, which are too large for many copies of its repository: orders over a year, one
 * to three items each, with prices and taxes that agree with its products and stores. The same every time.
 */
export function jaffleShopCsvs(project: string): readonly string[] {
  const seeds = `${project}/seeds/jaffle-data`
  return [
    ...['customers', 'products', 'stores'].map(
      (name) =>
        `create temp table ${name} as select row_number() over () - 1 as place, * from read_csv('${seeds}/raw_${name}.csv')`,
    ),
    `create temp table items as
    select ${identifier("'item-' || number || '-' || slot")} as id, ${identifier("'order-' || number")} as order_id, sku, price, number
    from range(${ORDERS}) as orders(number), range(3) as slots(slot)
    join products on place = (number * 7 + slot * 3) % (select count(*) from products)
    where slot <= number % 3`,
    `create temp table orders as
    select items.order_id as id, any_value(customers.id) as customer,
      timestamp '2016-09-01 07:00:00' + any_value(number) * interval 26 minute as ordered_at, any_value(stores.id) as store_id,
      sum(price)::bigint as subtotal, (sum(price) * any_value(tax_rate))::bigint as tax_paid,
      sum(price)::bigint + (sum(price) * any_value(tax_rate))::bigint as order_total
    from items
    join customers on customers.place = number * 31 % (select count(*) from customers)
    join stores on stores.place = number % 2
    group by items.order_id`,
    `copy (select id, customer, strftime(ordered_at, '%Y-%m-%dT%H:%M:%S') as ordered_at, store_id, subtotal, tax_paid, order_total
    from orders order by ordered_at) to '${seeds}/raw_orders.csv'`,
    `copy (select id, order_id, sku from items order by number, id) to '${seeds}/raw_items.csv'`,
  ]
}

/** Text in the form of a UUID, by content. */
function identifier(content: string): string {
  return `regexp_replace(md5(${content}), '(.{8})(.{4})(.{4})(.{4})(.{12})', '\\1-\\2-\\3-\\4-\\5')`
}
