/** A day of a small shop, for those who come without data. Made up: no person is meant. */
export const SAMPLE_DATA: Readonly<Record<string, string>> = {
  'data/customers.csv': `customer_id,name,country,signed_up_on
1,Rosa Lindqvist,SE,2025-01-14
2,Tomas Vale,PT,2025-02-02
3,Mei Okada,JP,2025-02-20
4,Ines Duarte,PT,2025-03-09
5,Jonah Field,GB,2025-03-30
`,
  'data/orders.csv': `order_id,customer_id,ordered_at,status,amount
1001,1,2025-04-01 09:12:00,shipped,25.50
1002,3,2025-04-01 09:40:00,shipped,12.00
1003,2,2025-04-01 10:05:00,cancelled,99.90
1004,1,2025-04-01 11:31:00,shipped,7.25
1005,5,2025-04-01 12:00:00,paid,48.00
1006,4,2025-04-01 14:22:00,shipped,31.75
1007,3,2025-04-01 16:48:00,paid,5.00
1008,2,2025-04-01 18:03:00,shipped,64.10
`,
}

/** A model on the sample's tables, so that there is something to look at. */
export function sampleMart(source: string): Readonly<Record<string, string>> {
  return {
    'models/marts/mrt_sales_customers.sql': `{{ config(materialized='table') }}

select
    c.customer_id,
    c.name as customer_name,
    count(o.order_id) as order_count,
    coalesce(sum(o.amount), 0) as order_amount
from {{ ref('stg_${source}__customers') }} as c
left join {{ ref('stg_${source}__orders') }} as o
    on o.customer_id = c.customer_id and o.status <> 'cancelled'
group by 1, 2
`,
    'models/marts/schema.yml': `# yaml-language-server: $schema=../../.waterworks/schemas/properties.json
version: 2
models:
  - name: mrt_sales_customers
    description: One row per customer_id, with what was ordered and not cancelled.
    columns:
      - name: customer_id
        tests: [not_null, unique]
      - name: order_amount
        tests:
          - accepted_range: {min: 0}
`,
  }
}
