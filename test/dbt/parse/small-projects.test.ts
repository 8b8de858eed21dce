import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import type { Manifest } from '../../../src/dbt/manifest/manifest.ts'
import { duckDbDialect } from '../../../src/engines/duckdb/duckdb-dialect.ts'
import { compileProject } from '../../../src/graph/compile-project.ts'
import type { Graph } from '../../../src/graph/graph.ts'
import { loadProject } from '../../../src/project/load-project.ts'

/** The manifest of a project of these files. */
async function manifestOf(files: Readonly<Record<string, string>>): Promise<Manifest> {
  return (await graphOf(files)).manifest
}

async function graphOf(files: Readonly<Record<string, string>>): Promise<Graph> {
  const root = mkdtempSync(join(tmpdir(), 'waterworks-small-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    const project = await loadProject(root, { env: {} })
    const now = '2026-11-21T06:00:00Z'
    return compileProject(project, { target: project.defaultTarget, dialect: duckDbDialect, now }).graph
  } finally {
    rmSync(root, { recursive: true })
  }
}

it('what a package says of a resource is said of the one that stands in for it', async () => {
  const { nodes } = await manifestOf({
    'dbt_project.yml': `name: shop
models: {inner: {fct: {+enabled: false}}}
seeds: {inner: {exceptions: {+enabled: false}}}
`,
    'models/fct.sql': 'select 2 as id',
    'seeds/exceptions.csv': 'name\nown\n',
    'dbt_packages/inner/dbt_project.yml': 'name: inner\n',
    'dbt_packages/inner/models/fct.sql': 'select 1 as id',
    'dbt_packages/inner/models/kept.sql': "select * from {{ ref('fct') }}",
    'dbt_packages/inner/seeds/exceptions.csv': 'name\ntheirs\n',
    'dbt_packages/inner/models/schema.yml': `models:
  - name: fct
    columns: [{name: id, description: Which}]
seeds:
  - name: exceptions
    config: {column_types: {name: varchar}}
    columns: [{name: name, description: Whose}]
`,
  })
  const described = ['model.shop.fct', 'seed.shop.exceptions'].map((id) => nodes[id])
  expect(described.map((node) => [node?.patch_path, Object.keys(node?.columns ?? {})])).toEqual([
    ['inner://models/schema.yml', ['id']],
    ['inner://models/schema.yml', ['name']],
  ])
  expect(described[1]?.config['column_types']).toEqual({ name: 'varchar' })
})

it('tests of what is not there are kept, switched off, and refer to versions in quotes', async () => {
  const { nodes, child_map: children } = await manifestOf({
    'dbt_project.yml': 'name: shop\n',
    'models/there_v1.sql': 'select 1 as id',
    'models/schema.yml': `models:
  - name: nowhere
    columns:
      - name: id
        data_tests:
          - unique
          - relationships: {arguments: {to: ref('there'), field: id}}
  - name: there
    versions: [{v: 1}]
    columns:
      - name: id
        data_tests: [unique, {accepted_values: {arguments: {values: [1]}}}]
`,
  })
  const tests = Object.values(nodes).filter((node) => node.resource_type === 'test')
  expect(
    tests.map(({ name, config, refs }) => [
      name.slice(0, 22),
      config['enabled'],
      refs.map((ref) => ref.version),
    ]),
  ).toEqual([
    ['unique_there_v1_id', true, [1]],
    ['accepted_values_there_', true, ['1']],
    ['unique_nowhere_id', false, [null]],
    ['relationships_nowhere_', false, [null, null]],
  ])
  const [, , , relationship] = tests
  expect(relationship?.attached_node).toBeNull()
  expect(children['model.shop.there.v1']).toContain(relationship?.unique_id)
})

it('properties speak of the resource of a name that is switched on', async () => {
  const { nodes, disabled } = await manifestOf({
    'dbt_project.yml': 'name: shop\n',
    'models/once.sql': 'select 1 as id',
    'models/off/once.sql': '{{ config(enabled=false) }} select 2 as id',
    'models/schema.yml': 'models: [{name: once, description: Described, columns: [{name: id}]}]\n',
  })
  expect(nodes['model.shop.once']).toMatchObject({
    patch_path: 'shop://models/schema.yml',
    description: 'Described',
  })
  expect(disabled['model.shop.once']).toMatchObject([{ patch_path: null, description: '', columns: {} }])
})

it('macros keep the white space that is theirs, and have the arguments of their signatures where asked for', async () => {
  const macros = `
{%- macro first(a, b=1) -%}
1
{%- endmacro -%}

{%- macro second() %}2{% endmacro %}

{%- test third(model, least) %}select 1{% endtest -%}
`
  const { macros: plain } = await manifestOf({ 'dbt_project.yml': 'name: shop\n', 'macros/all.sql': macros })
  const own = (all: Manifest['macros']) => Object.values(all).filter((one) => one.package_name === 'shop')
  expect(own(plain).map((macro) => [macro.name, macro.macro_sql, macro.arguments])).toEqual([
    ['first', '{%- macro first(a, b=1) -%}\n1\n{%- endmacro -%}\n\n', []],
    ['second', '{%- macro second() %}2{% endmacro %}', []],
    ['test_third', '\n\n{%- test third(model, least) %}select 1{% endtest -%}', []],
  ])
  const project = 'name: shop\nflags: {validate_macro_args: true}\n'
  const { macros: validated } = await manifestOf({ 'dbt_project.yml': project, 'macros/all.sql': macros })
  expect(own(validated).map((macro) => (macro.arguments ?? []).map(({ name }) => name))).toEqual([
    ['a', 'b'],
    [],
    ['model', 'least'],
  ])
})

it('a text in block style that ends a properties file has no line break after it', async () => {
  const { nodes } = await manifestOf({
    'dbt_project.yml': 'name: shop\n',
    'models/one.sql': 'select 1 as id',
    'models/schema.yml': 'models:\n  - name: one\n    description: |\n      Two\n      lines\n',
  })
  expect(nodes['model.shop.one']?.description).toBe('Two\nlines')
})

it('tests have the tags that their macros give them, and those of where they stand', async () => {
  const { nodes } = await manifestOf({
    'dbt_project.yml': 'name: shop\n',
    'models/fct.sql': 'select 2 as id',
    'tests/generic/marked.sql':
      "{% test marked(model) %}{{ config(tags=['of_macro'], severity='warn') }}select 1 limit 0{% endtest %}",
    'models/schema.yml':
      'models: [{name: fct, data_tests: [{marked: {config: {tags: [of_test]}}}, {marked: {name: bare}}]}]\n',
  })
  const tags = Object.values(nodes).flatMap((node) =>
    node.resource_type === 'test' ? [[node.name, node.tags, node.config['severity']]] : [],
  )
  expect(tags.toSorted()).toEqual([
    ['bare', ['of_macro'], 'warn'],
    ['marked_fct_', ['of_macro', 'of_test'], 'warn'],
  ])
})

it('semantic models need a time spine', async () => {
  const files = (spine: string) => ({
    'dbt_project.yml': 'name: shop\n',
    'models/orders.sql': 'select 1 as id, current_date as day',
    'models/days.sql': 'select current_date as day',
    'models/schema.yml': `semantic_models:
  - name: orders
    model: ref('orders')
    entities: [{name: id, type: primary}]
models: [{name: days${spine}}]
`,
  })
  await expect(manifestOf(files(''))).rejects.toMatchObject({ diagnostics: [{ error: { code: 'WW1220' } }] })
  const spine = ', time_spine: {standard_granularity_column: day}, columns: [{name: day, granularity: day}]'
  expect(Object.keys((await manifestOf(files(spine))).semantic_models)).toEqual([
    'semantic_model.shop.orders',
  ])
  const coarse = spine.replace('granularity: day', 'granularity: month')
  await expect(manifestOf(files(coarse))).rejects.toMatchObject({
    diagnostics: [{ error: { code: 'WW1220' } }],
  })
})

it('versions of an ephemeral model stand in a query by their own names', async () => {
  const { nodes } = await graphOf({
    'dbt_project.yml': 'name: shop\n',
    'models/m_v1.sql': "{{ config(materialized='ephemeral') }}select 1 as id",
    'models/m_v2.sql': "{{ config(materialized='ephemeral') }}select 2 as id",
    'models/schema.yml': 'models: [{name: m, latest_version: 2, versions: [{v: 1}, {v: 2}]}]\n',
    'models/both.sql': "select * from {{ ref('m', v=1) }} union all select * from {{ ref('m') }}",
  })
  expect(nodes.get('model.shop.both')).toMatchObject({
    compiledSql: expect.stringMatching(
      /select \* from __dbt__cte__m_v1 union all select \* from __dbt__cte__m_v2$/,
    ),
  })
})
