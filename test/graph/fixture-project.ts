import { type Diagnostic, Diagnostics } from '../../src/errors/diagnostics.ts'
import type { Origin } from '../../src/project/origin.ts'
import type { DbtPackage, PackageFile, PropertiesDocument } from '../../src/project/package.ts'
import { NO_PRIVACY } from '../../src/project/personal-data.ts'
import type { Project } from '../../src/project/project.ts'
import { readLibrary } from '../../src/project/read/library-package.ts'
import type { ColumnEntry, PropertiesFile, TestEntry } from '../../src/project/schema/properties-file.ts'
import { samplePipeline } from './sample-graph.ts'

type Values = Readonly<Record<string, unknown>>

/** A file of SQL. */
export interface SqlFile {
  readonly name: string
  readonly path: string
  readonly text: string
}

export interface ModelFile extends SqlFile {
  /** Configuration of the model in dbt_project.yml. */
  readonly folderConfig: Values
}

/** A test of a properties file; `line` is where problems are told to be. */
interface TestProperties {
  readonly test: string
  readonly line: number
  readonly arguments: Values
  readonly name?: string
  readonly severity?: 'error' | 'warn'
  readonly where?: string
  readonly tags?: readonly string[]
}

interface ColumnProperties {
  readonly name: string
  readonly description: string
  readonly tests: readonly TestProperties[]
}

interface ModelProperties {
  readonly description: string
  readonly config: Values
  readonly columns: readonly ColumnProperties[]
  readonly tests: readonly TestProperties[]
  readonly origin: Origin
}

interface SourceProperties extends ModelProperties {
  readonly source: string
  readonly table: string
  readonly schema?: string | undefined
  readonly identifier?: string | undefined
}

/** What the root package of a project is made of. */
export interface ProjectParts {
  readonly vars: Values
  readonly models: readonly ModelFile[]
  readonly singularTests: readonly SqlFile[]
  readonly macros: readonly SqlFile[]
  readonly modelProperties: Readonly<Record<string, ModelProperties>>
  readonly sourceProperties: Readonly<Record<string, SourceProperties>>
}

export function file(path: string, text: string): SqlFile {
  return { name: path.replace(/^.*\//, '').replace(/\.sql$/, ''), path, text }
}

export function modelFile(path: string, text: string, folderConfig: Values = {}): ModelFile {
  return { ...file(path, text), folderConfig }
}

export function test(name: string, line: number, given: Partial<TestProperties> = {}): TestProperties {
  return { test: name, line, arguments: {}, ...given }
}

export function column(name: string, ...tests: readonly TestProperties[]): ColumnProperties {
  return { name, description: '', tests }
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
  return { ...properties(given), ...given, source, table }
}

/** A project of these parts. Values of its YAML are said to be on the line of their test, or of their entry's origin. */
export function project(given: Partial<Project & ProjectParts> = {}): Project & ProjectParts {
  const warnings: readonly Diagnostic[] = []
  const parts: ProjectParts = {
    vars: {},
    models: [],
    singularTests: [],
    macros: [],
    modelProperties: {},
    sourceProperties: {},
  }
  const rest = { ...parts, ...given }
  const lines = new Map<string, number>()
  return {
    name: 'shop',
    root: '/projects/shop',
    targets: { dev: { type: 'duckdb', path: '.waterworks/warehouse.duckdb', schema: 'main' } },
    defaultTarget: 'dev',
    publish: 'after_tests',
    threads: 4,
    connections: {},
    stores: {},
    pipelines: [],
    privacy: NO_PRIVACY,
    contracts: [],
    secrets: [],
    warnings,
    locate: ({ file: where, path }) => {
      for (let length = path.length; length > 0; length--) {
        const line = lines.get(`${where}:${path.slice(0, length).join('/')}`)
        if (line !== undefined) return { file: where, line, column: 3 }
      }
      return { file: where, line: 1, column: 3 }
    },
    ...rest,
    packages: [rootPackage(rest, lines), ...library],
  }
}

const library = readLibrary(new Diagnostics())

function rootPackage(parts: ProjectParts, lines: Map<string, number>): DbtPackage {
  const files = (all: readonly SqlFile[]): readonly PackageFile[] =>
    all.map(({ name, path, text }) => ({
      name,
      path,
      below: path.slice(path.indexOf('/') + 1),
      shown: path,
      text: text.trim(),
      firstLine: text.slice(0, text.length - text.trimStart().length).split('\n').length,
    }))
  return {
    name: 'shop',
    kind: 'root',
    root: '/projects/shop',
    config: {
      checksum: '',
      version: undefined,
      vars: parts.vars,
      trees: { models: { shop: treeOf(parts.models) } },
      onRunStart: [],
      onRunEnd: [],
      dispatch: [],
      quoting: {},
      queryComment: undefined,
      restrictAccess: false,
      flags: {},
    },
    models: files(parts.models),
    seeds: [],
    snapshots: [],
    singularTests: files(parts.singularTests),
    genericTests: [],
    macros: files(parts.macros),
    analyses: [],
    functions: [],
    docs: [],
    fixtures: [],
    properties: documentsOf(parts, lines),
  }
}

function treeOf(models: readonly ModelFile[]): Values {
  const tree: Record<string, unknown> = {}
  for (const { path, name, folderConfig } of models) {
    if (Object.keys(folderConfig).length === 0) continue
    let at: Record<string, unknown> = tree
    for (const folder of [...path.split('/').slice(1, -1), name]) {
      const next: Record<string, unknown> = { ...(at[folder] as Values | undefined) }
      at[folder] = next
      at = next
    }
    for (const [key, value] of Object.entries(folderConfig)) at[`+${key}`] = value
  }
  return tree
}

function documentsOf(parts: ProjectParts, lines: Map<string, number>): readonly PropertiesDocument[] {
  type Draft = { -readonly [K in 'models' | 'sources']: NonNullable<PropertiesFile[K]> }
  const documents = new Map<string, Draft>()
  const documentOf = (path: string) => {
    const found = documents.get(path) ?? { models: [], sources: [] }
    documents.set(path, found)
    return found
  }
  const described = ({ origin, columns, tests, description, config }: ModelProperties, place: string) => {
    const at = (path: string, line: number) => lines.set(`${origin.file}:${path}`, line)
    const line = origin.path.findLast((part) => typeof part === 'number')
    if (line !== undefined) at(place, line)
    const entries = (all: readonly TestProperties[], path: string) =>
      all.map((one, index) => {
        at(`${path}/${index}`, one.line)
        return entryOf(one)
      })
    return {
      description,
      config: { ...config },
      columns: columns.map((one, index): ColumnEntry => {
        const path = `${place}/columns/${index}/data_tests`
        return { name: one.name, description: one.description, data_tests: entries(one.tests, path) }
      }),
      data_tests: entries(tests, `${place}/data_tests`),
    }
  }
  for (const [name, given] of Object.entries(parts.modelProperties)) {
    const { models } = documentOf(given.origin.file)
    models.push({ name, ...described(given, `models/${models.length}`) })
  }
  for (const given of Object.values(parts.sourceProperties)) {
    const { sources } = documentOf(given.origin.file)
    const table = {
      name: given.table,
      identifier: given.identifier,
      ...described(given, `sources/${sources.length}/tables/0`),
    }
    sources.push({ name: given.source, schema: given.schema, tables: [table] })
  }
  return [...documents].map(([path, document]) => ({
    path,
    below: path.slice(path.indexOf('/') + 1),
    shown: path,
    checksum: '',
    document,
  }))
}

function entryOf({
  test: name,
  arguments: args,
  name: given,
  severity,
  where,
  tags,
}: TestProperties): TestEntry {
  const config = { ...(severity && { severity }), ...(where && { where }), ...(tags && { tags }) }
  return { test_name: name, arguments: args, ...(given && { name: given }), config }
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
export function shopProject(change: Partial<Project & ProjectParts> = {}): Project & ProjectParts {
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
