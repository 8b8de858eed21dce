/** What the scratch project's warehouse is, as `targets:` has it. */
export type ScratchTarget =
  | { readonly type: 'duckdb' }
  | {
      readonly type: 'postgres'
      readonly host: string
      readonly port: number
      readonly user: string
      readonly password: string
      readonly database: string
    }

const ERRORS = '  error_handling: {strategy: dead-letter, max_retries: 3, retry_delay_seconds: 0.05}'

/** The name of the gate that `eventsPipeline` may or may not have. */
export const AMOUNT_GATE = 'amount_not_negative'

/** Appends; with every way a record can fare: filtered, a duplicate, rejected by a gate or a type, malformed. */
export function eventsPipeline(gated: boolean): string {
  const gate = gated ? `\n      - accepted_range: {name: ${AMOUNT_GATE}, column: amount, min: 0}` : ''
  return `pipeline:
  name: events
  extract:
    source_system: shop
    strategy: full
    files: incoming/events/*.csv
    columns: {event_id: text, batch: text, kind: text, amount: integer}
  transform:
    stages:
      - name: clean
        operations:
          - filter: kind <> 'noise'
          - dedupe: [event_id]
  load: {strategy: append, schema_changes: {types: discard_row}}
  quality_gates:
    pre_load:
      - not_null: [event_id]${gate}
    post_load:
      - unique: event_id
${ERRORS}
`
}

const customers = `pipeline:
  name: customers
  extract:
    source_system: shop
    strategy: incremental
    incremental_key: updated_at
    files: incoming/customers/*.ndjson
    columns: {customer_id: integer, token: text, updated_at: timestamp}
  load: {strategy: merge, merge_keys: [customer_id]}
${ERRORS}
`

const prices = `pipeline:
  name: prices
  extract:
    source_system: shop
    strategy: full
    files: incoming/prices.csv
    columns: {item: integer, version: integer, price: integer}
  load: {strategy: truncate-reload}
  quality_gates:
    post_load:
      - expression: {name: one_price_list, expression: price = version * 100 + item}
${ERRORS}
`

const stock = `pipeline:
  name: stock
  extract:
    source_system: shop
    strategy: full
    files: incoming/stock/*.csv.gz
    columns: {day: date, sku: integer, version: integer}
  transform:
    stages:
      - name: clean
        operations:
          - dedupe: {keys: [day, sku], latest_by: version}
  load: {strategy: partition-swap, partition_key: day}
${ERRORS}
`

const models: Readonly<Record<string, string>> = {
  event_totals: `{{ config(materialized='table') }}
select batch, count(*) as events, cast(sum(amount) as bigint) as total
from {{ source('shop', 'events') }} group by batch`,
  customer_tokens: `{{ config(materialized='view') }}
select customer_id, token from {{ source('shop', 'customers') }}`,
  price_list: `{{ config(materialized='table') }}
select item, version, price from {{ source('shop', 'prices') }}`,
  stock_days: `{{ config(materialized='table') }}
select day, count(*) as skus, max(version) as version from {{ source('shop', 'stock') }} group by day`,
  overview: `{{ config(materialized='table') }}
select (select cast(sum(events) as bigint) from {{ ref('event_totals') }}) as events,
  (select count(*) from {{ ref('stock_days') }}) as days,
  (select max(version) from {{ ref('price_list') }}) as prices_version`,
}

const schemaYml = `version: 2
sources:
  - name: shop
    tables:
      - name: events
        columns: [{name: event_id, tests: [not_null, unique]}]
      - name: customers
        columns: [{name: customer_id, tests: [unique]}]
models:
  - name: event_totals
    columns: [{name: batch, tests: [unique]}]
  - name: price_list
    columns: [{name: item, tests: [unique]}]
  - name: stock_days
    columns: [{name: skus, tests: [{accepted_values: {values: [10], quote: false}}]}]
`

/** A small shop whose four pipelines load in the four ways, with models and checks over them: path and text. */
export function shopProject(target: ScratchTarget): Readonly<Record<string, string>> {
  const place =
    target.type === 'duckdb'
      ? { ...target, schema: 'analytics' }
      : { ...target, schema: 'analytics', allow_plaintext_password: true }
  return {
    'waterworks.yml': `name: shop\ntargets: {local: ${JSON.stringify(place)}}\n`,
    'pipelines/events.yml': eventsPipeline(true),
    'pipelines/customers.yml': customers,
    'pipelines/prices.yml': prices,
    'pipelines/stock.yml': stock,
    'models/schema.yml': schemaYml,
    ...Object.fromEntries(Object.entries(models).map(([name, sql]) => [`models/${name}.sql`, `${sql}\n`])),
  }
}

/** All relations that the shop's warehouse has when everything is built, beside the system's own. */
export const SHOP_RELATIONS = [
  ...['events', 'customers', 'prices', 'stock'].map((table) => `raw.raw_shop_${table}`),
  ...Object.keys(models).map((name) => `analytics.${name}`),
] as const
