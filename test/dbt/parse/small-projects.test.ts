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
