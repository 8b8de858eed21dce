import type { ScratchProject } from '../scratch-project.ts'
import type { ScratchTarget } from './shop-project.ts'

/** Rows of each version of the price list, and of each day's stock. */
export const PRICES = 5_000
export const SKUS = 1_000
const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03']

const ERRORS = '  error_handling: {strategy: dead-letter, retry_delay_seconds: 0.05}'

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
      - expression: {name: even_prices, expression: version % 2 = 0}
${ERRORS}
`

const stock = `pipeline:
  name: stock
  extract:
    source_system: shop
    strategy: full
    files: incoming/stock/*.csv
    columns: {day: date, sku: integer, version: integer}
  transform:
    stages:
      - name: clean
        operations:
          - dedupe: {keys: [day, sku], latest_by: version}
  load: {strategy: partition-swap, partition_key: day}
  quality_gates:
    post_load:
      - expression: {name: even_stock, expression: version % 2 = 0}
${ERRORS}
`

/** Its shape changes with the version, for a table of another shape is published in another way. */
const priceList = `{{ config(materialized='table') }}
select item, version, {{ var('version') }} as built
{%- if var('version') % 8 == 6 %}, 'wide' as shape{% endif %}
from {{ source('shop', 'prices') }}
`

/** Its shape stays. */
const numbers = `{{ config(materialized='table') }}
select item, {{ var('version') }} as version, {{ var('version') }} as built from {{ source('shop', 'prices') }}
`

const schemaYml = `version: 2
models:
  - name: price_list
    tests: [{expression: {expression: built % 2 = 0}}]
  - name: numbers
    tests: [{expression: {expression: built % 2 = 0}}]
`

/** A project whose tables carry one version each. Odd versions fail their gates, so nobody may ever read one. */
export function versionedProject(target: ScratchTarget): Readonly<Record<string, string>> {
  const place =
    target.type === 'duckdb'
      ? { ...target, schema: 'analytics' }
      : { ...target, schema: 'analytics', allow_plaintext_password: true }
  return {
    'waterworks.yml': `name: versions\ntargets: {local: ${JSON.stringify(place)}}\nvars: {version: 0}\n`,
    'pipelines/prices.yml': prices,
    'pipelines/stock.yml': stock,
    'models/price_list.sql': priceList,
    'models/numbers.sql': numbers,
    'models/price_view.sql': `{{ config(materialized='view') }}\nselect * from {{ ref('price_list') }}\n`,
    'models/stock_view.sql': `{{ config(materialized='view') }}\nselect * from {{ source('shop', 'stock') }}\n`,
    'models/schema.yml': schemaYml,
  }
}

/** Puts a version of all source files in place. */
export async function deliverVersion(project: ScratchProject, version: number): Promise<void> {
  const items = Array.from(
    { length: PRICES },
    (_, item) => `${item},${version},${version * 100 + (item % 7)}`,
  )
  await project.write('incoming/prices.csv', ['item,version,price', ...items, ''].join('\n'))
  const units = DAYS.flatMap((day) => Array.from({ length: SKUS }, (_, sku) => `${day},${sku},${version}`))
  const name = `incoming/stock/${String(version).padStart(4, '0')}.csv`
  await project.write(name, ['day,sku,version', ...units, ''].join('\n'))
}

/** Builds with a version for the models. Throws unless it exits as it must: 1 when a version is odd. */
export function buildVersion(project: ScratchProject, version: number, exitCode: number) {
  return project.report(['build', '--vars', JSON.stringify({ version })], exitCode)
}
