import type { Diagnostic } from '../../src/errors/diagnostics.ts'
import type { Origin } from '../../src/project/origin.ts'
import type {
  ColumnProperties,
  ModelFile,
  ModelProperties,
  Project,
  SourceProperties,
  SqlFile,
  TestProperties,
} from '../../src/project/project.ts'
import { samplePipeline } from './sample-graph.ts'

/** Stands for a YAML file: every value is said to be on the line of its entry's number, if it has one. */
function locate({ file, path }: Origin) {
  const line = path.findLast((part) => typeof part === 'number') ?? 1
  return { file, line, column: 3 }
}

export function file(path: string, text: string): SqlFile {
  return { name: path.replace(/^.*\//, '').replace(/\.sql$/, ''), path, text }
}

export function modelFile(path: string, text: string, folderConfig: Record<string, unknown> = {}): ModelFile {
  return { ...file(path, text), folderConfig }
}

export function test(name: string, line: number, given: Partial<TestProperties> = {}): TestProperties {
  return {
    test: name,
    arguments: {},
    name: undefined,
    severity: 'error',
    where: undefined,
    tags: [],
    origin: { file: 'models/schema.yml', path: [line] },
    ...given,
  }
}

export function column(name: string, ...tests: readonly TestProperties[]): ColumnProperties {
  return { name, description: '', tests, origin: { file: 'models/schema.yml', path: [1] } }
}

export function properties(given: Partial<ModelProperties> = {}): ModelProperties {
  return {
    description: '',
    config: {},
    columns: [],
    tests: [],
    origin: { file: 'models/schema.yml', path: [1] },
    ...given,
  }
}

export function sourceProperties(
  source: string,
  table: string,
  given: Partial<SourceProperties> = {},
): SourceProperties {
  return { ...properties(given), schema: undefined, identifier: undefined, ...given, source, table }
}

export function project(given: Partial<Project> = {}): Project {
  const warnings: readonly Diagnostic[] = []
  return {
    name: 'shop',
    root: '/projects/shop',
    targets: { dev: { type: 'duckdb', path: '.waterworks/warehouse.duckdb', schema: 'main' } },
    defaultTarget: 'dev',
    vars: {},
    threads: 4,
    publish: 'after_tests',
    connections: {},
    pipelines: [],
    packages: [],
    models: [],
    singularTests: [],
    macros: [],
    modelProperties: {},
    sourceProperties: {},
    secrets: [],
    warnings,
    locate,
    ...given,
  }
}

const stream = (table: string, path: string) => ({
  table,
  paths: [path],
  format: undefined,
  compression: undefined,
  encoding: undefined,
  delimiter: undefined,
  quote: undefined,
  escape: undefined,
  header: undefined,
  skipLines: undefined,
  nullTexts: undefined,
  columns: {},
})

/** A small shop, with most of what a project can have: two streams, staging, an ephemeral step, macros, a loop, tests. */
export function shopProject(change: Partial<Project> = {}): Project {
  const pipeline = samplePipeline('shop_orders', { tags: ['daily'] })
  return project({
    vars: { countries: ['FR', 'DE'], shop: { minimum_cents: 100 } },
    pipelines: [
      {
        ...pipeline,
        origin: { file: 'pipelines/shop/orders.yml', path: [] },
        extract: {
          ...pipeline.extract,
          files: [stream('orders', 'data/orders/*.csv'), stream('customers', 'data/customers.csv')],
        },
      },
    ],
    macros: [
      file(
        'macros/money.sql',
        `{% macro euros(column) -%}
  round({{ column }} / {{ cents_per_euro() }}, 2)
{%- endmacro %}`,
      ),
      file('macros/constants.sql', `{% macro cents_per_euro() %}{{ return(100) }}{% endmacro %}`),
      file(
        'macros/columns.sql',
        `{% macro refunds_of(model) %}(select order_id from {{ ref(model) }} where amount_cents < 0){% endmacro %}`,
      ),
    ],
    models: [
      modelFile(
        'models/staging/stg_orders.sql',
        `{{ config(tags='hourly') }}
select order_id, customer_id, country, amount_cents, ordered_at
from {{ source('shop', 'orders') }}
where amount_cents >= {{ var('minimum_cents') }}`,
        { tags: ['staging'], materialized: 'view', schema: 'staging' },
      ),
      modelFile('models/staging/stg_customers.sql', `select * from {{ source('shop', 'customers') }}\n`, {
        tags: ['staging'],
        materialized: 'view',
        schema: 'staging',
      }),
      modelFile(
        'models/intermediate/int_orders_priced.sql',
        `{{ config(materialized='ephemeral') }}
with orders as (select * from {{ ref('stg_orders') }})
select *, {{ euros('amount_cents') }} as amount from orders`,
      ),
      modelFile(
        'models/intermediate/int_orders_named.sql',
        `{{ config(materialized='ephemeral') }}
select o.*, c.name -- the customer's
from {{ ref('int_orders_priced') }} o join {{ ref('stg_customers') }} c using (customer_id)`,
      ),
      modelFile(
        'models/marts/fct_orders.sql',
        `{{ config(materialized='table') }}
with recent as (
  select * from {{ ref('int_orders_named') }}
)
select
  order_id,
  {%- for country in var('countries') %}
  sum(case when country = '{{ country }}' then amount end) as amount_{{ country | lower }}
  {%- if not loop.last %},{% endif %}
  {%- endfor %}
from recent
where order_id not in {{ refunds_of('stg_orders') }}
group by order_id`,
      ),
      modelFile(
        'models/marts/mrt_daily.sql',
        `{% if target.type == 'duckdb' %}-- on DuckDB{% endif %}
select count(*) as orders, '{{ run_started_at.strftime("%Y-%m-%d") }}' as day
from {{ ref('shop', 'fct_orders') }} as f, {{ source('crm', 'people') }} as p`,
        { materialized: 'table' },
      ),
    ],
    singularTests: [
      file(
        'tests/no_negative_days.sql',
        `{{ config(severity='warn', tags=['slow']) }}
select * from {{ ref('mrt_daily') }} where orders < 0`,
      ),
    ],
    modelProperties: {
      stg_orders: properties({
        description: 'Orders as the shop has them.',
        columns: [
          column(
            'order_id',
            test('not_null', 10),
            test('unique', 11),
            test('relationships', 12, {
              arguments: { to: "ref('fct_orders')", field: 'order_id' },
              severity: 'warn',
            }),
          ),
          column(
            'country',
            test('accepted_values', 13, {
              arguments: { values: ['FR', 'DE', 'IT'] },
              where: "ordered_at > '{{ var('since', '2020-01-01') }}'",
            }),
          ),
        ],
        tests: [test('row_count', 14, { arguments: { min: 1 } })],
      }),
      int_orders_priced: properties({
        columns: [column('amount', test('accepted_range', 20, { arguments: { min: 0 } }))],
      }),
      fct_orders: properties({
        config: { alias: 'orders' },
        tests: [test('expression', 30, { arguments: { expression: 'amount_fr >= 0' }, name: 'positive' })],
      }),
    },
    sourceProperties: {
      'shop.orders': sourceProperties('shop', 'orders', {
        columns: [column('order_id', test('not_null', 40))],
      }),
      'crm.people': sourceProperties('crm', 'people', { schema: 'crm_export', identifier: 'persons' }),
    },
    ...change,
  })
}
