/** Of a hundred models, how many are of each layer; a folder holds twenty of one layer with one properties file. */
const STAGING = 40
const INTERMEDIATE = 30
const FOLDER = 20
const MODELS_PER_MACRO = 20
const MODELS_PER_SOURCE_TABLE = 4
const MODELS_PER_SINGULAR_TEST = 50

/** The model that `editOf` changes: somewhere in the middle of the graph. */
export const EDITED = 'stg_0'

/**
 * The files of a dbt project of so many models: three layers over seeds of nothing, each model with properties, three
 * described columns and two tests, one in ten incremental, calls of the project's macros, and singular tests. Every one
 * selects a single row, so that what is measured is not the engine.
 */
export function generatedDbtProject(models: number): Readonly<Record<string, string>> {
  const names = Array.from({ length: models }, (_, i) => nameOf(i))
  const macros = Math.max(1, Math.floor(models / MODELS_PER_MACRO))
  const files: Record<string, string> = {
    'dbt_project.yml': `name: generated
version: '1.0'
profile: bench
flags: {send_anonymous_usage_stats: false}
vars: {limit: 10}
models:
  generated:
    staging: {+materialized: view, +tags: [staging]}
    intermediate: {+materialized: view}
    marts: {+materialized: table, +tags: [mart]}
`,
    'profiles.yml': `bench:
  target: dev
  outputs: {dev: {type: duckdb, path: warehouse.duckdb, schema: analytics, threads: 4}}
`,
    'models/sources.yml': sources(Math.max(1, Math.floor(models / MODELS_PER_SOURCE_TABLE))),
  }
  for (let i = 0; i < macros; i++) files[`macros/macro_${i}.sql`] = macro(i)
  for (const [i, name] of names.entries()) files[`${folderOf(i)}/${name}.sql`] = model(i, macros)
  for (const [folder, those] of Map.groupBy(names.keys(), folderOf)) {
    files[`${folder}/schema.yml`] = `models:\n${those.map((i) => properties(i)).join('')}`
  }
  for (let i = 0; i < models; i += MODELS_PER_SINGULAR_TEST) {
    files[`tests/no_negative_${i}.sql`] = `select id from {{ ref('${nameOf(i)}') }} where id < 0\n`
  }
  return files
}

/** The file of one model, as somebody has just changed it. */
export function editOf(models: number, moment: number): Readonly<Record<string, string>> {
  const text = generatedDbtProject(models)[`${folderOf(0)}/${EDITED}.sql`]
  return { [`${folderOf(0)}/${EDITED}.sql`]: `${text}-- edited ${moment}\n` }
}

function layerOf(i: number): 'stg' | 'int' | 'fct' {
  const place = i % 100
  if (place < STAGING) return 'stg'
  return place < STAGING + INTERMEDIATE ? 'int' : 'fct'
}

function nameOf(i: number): string {
  return `${layerOf(i)}_${i}`
}

function folderOf(i: number): string {
  const layer = { stg: 'staging', int: 'intermediate', fct: 'marts' }[layerOf(i)]
  return `models/${layer}/area_${Math.floor(i / 100)}_${Math.floor((i % 100) / FOLDER)}`
}

function sources(tables: number): string {
  const list = Array.from(
    { length: tables },
    (_, i) => `      - {name: table_${i}, description: Table ${i}}\n`,
  )
  return `sources:\n  - name: raw\n    schema: raw\n    tables:\n${list.join('')}`
}

function macro(i: number): string {
  return `{% macro amount_${i}(column, digits=2) %}
  {%- if digits > 0 -%} round({{ column }} / 100.0, {{ digits }}) {%- else -%} {{ column }} {%- endif -%}
{% endmacro %}
`
}

function model(i: number, macros: number): string {
  const call = (column: string) => `{{ amount_${i % macros}('${column}') }}`
  if (layerOf(i) === 'stg') {
    return `with source as (
    -- {{ source('raw', 'table_${Math.floor(i / MODELS_PER_SOURCE_TABLE)}') }}
    select 1 as id, 100 as amount, 'new' as status
),

renamed as (
    select id, ${call('amount')} as amount, status
    from source
    limit {{ var('limit') }}
)

select * from renamed
`
  }
  // What is below it in its hundred, so that the graph is as deep as projects are.
  const first = i - (i % 100) + ((i * 7) % STAGING)
  const second =
    layerOf(i) === 'fct'
      ? i - (i % 100) + STAGING + ((i * 3) % INTERMEDIATE)
      : first + (first % 2 === 0 ? 1 : -1)
  const config = i % 10 === 9 ? "{{ config(materialized='incremental', unique_key='id') }}\n\n" : ''
  return `${config}with first as (
    select * from {{ ref('${nameOf(first)}') }}
),

second as (
    select * from {{ ref('${nameOf(second)}') }}
)

select
    first.id,
    ${call('first.amount')} as amount,
    {% for status in ['new', 'paid', 'sent'] -%}
    count(*) filter (where second.status = '{{ status }}') as {{ status }}_count,
    {% endfor -%}
    max(second.status) as status
from first
left join second on second.id = first.id
{% if is_incremental() %}where first.id >= (select max(id) from {{ this }}){% endif %}
group by 1, 2
`
}

function properties(i: number): string {
  const tests =
    layerOf(i) === 'stg'
      ? '[unique, not_null]'
      : `[not_null, relationships: {arguments: {to: "ref('${nameOf(i - (i % 100))}')", field: id}}]`
  return `  - name: ${nameOf(i)}
    description: Model ${i}, one row for each thing that it is about.
    columns:
      - {name: id, description: What it is told apart by., data_tests: ${tests}}
      - {name: amount, description: In whole units of money.}
      - {name: status, description: Where it stands., meta: {owner: team_${i % 7}}}
`
}
