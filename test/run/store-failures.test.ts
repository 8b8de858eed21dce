import { describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { RunProject } from '../support/run-project.ts'

const AUDIT = 'analytics_dbt_test__audit'
const numbers = (...ids: readonly (number | null)[]) =>
  `{{ config(materialized='table') }}\n${ids.map((id) => `select ${id ?? 'cast(null as integer)'} as id, 1.50 as amount`).join('\nunion all\n')}`
const stored = (config: string) => `models:
  - name: numbers
    columns:
      - name: id
        data_tests: [not_null: {name: missing, config: {${config}}}]
`

describe.each(Object.keys(testEngines))('rows that tests find, on %s', (name) => {
  const test = suiteEngine(name)

  async function projectOf(files: Readonly<Record<string, string>>): Promise<RunProject> {
    const project = await RunProject.create(test.engine, files)
    await project.execute(`drop schema if exists ${AUDIT} cascade`)
    await project.execute(`create schema ${AUDIT}`)
    return project
  }
  const found = (project: RunProject, relation = 'missing') =>
    project.rows(`select id, amount from ${AUDIT}.${relation} order by amount`)

  it('are kept as a table, whole, and replaced by the next run', async () => {
    const project = await projectOf({
      'models/numbers.sql': numbers(1, null, null),
      'models/schema.yml': stored('store_failures: true, severity: warn'),
    })
    const ran = await project.build()
    expect(ran.node('numbers').checks).toMatchObject([{ status: 'warn', failures: 2 }])
    expect(await found(project)).toHaveLength(2)
    await project.write({ 'models/numbers.sql': numbers(1, 2) })
    await project.build({ publish: 'immediately' })
    expect(await found(project)).toEqual([])
  })

  it('outlive the build that they stopped, with their types', async () => {
    const project = await projectOf({
      'models/numbers.sql': numbers(1),
      'models/schema.yml': stored('store_failures: true'),
    })
    await project.build()
    expect(await found(project)).toEqual([])
    await project.write({ 'models/numbers.sql': numbers(1, null) })
    const ran = await project.build()
    expect(ran.node('numbers')).toMatchObject({ status: 'failed', checks: [{ status: 'fail', failures: 1 }] })
    expect(await project.rows('select id from analytics.numbers')).toEqual([{ id: 1 }])
    expect(await found(project)).toEqual([{ id: null, amount: '1.50' }])
    expect(await project.rows(`select amount + 1 as more from ${AUDIT}.missing`)).toEqual([{ more: '2.50' }])
  })

  it('may be a view, of what is published', async () => {
    const project = await projectOf({
      'models/numbers.sql': numbers(1, null),
      'models/schema.yml': stored('store_failures_as: view'),
    })
    const atOnce = await project.build({ publish: 'immediately' })
    expect(atOnce.nodes.find(({ node }) => node.includes('missing'))?.status).toBe('failed')
    expect(await found(project)).toHaveLength(1)
    await project.write({ 'models/numbers.sql': numbers(null, null, null) })
    expect((await project.build()).node('numbers').status).toBe('failed')
    expect(await found(project)).toHaveLength(1)
  })

  it('are kept by a flag, but for tests that do not want it', async () => {
    const project = await projectOf({
      'models/numbers.sql': numbers(1, null),
      'models/schema.yml': stored('severity: warn'),
      'tests/large.sql': "{{ config(limit=1) }} select * from {{ ref('numbers') }} where amount > 1",
      'tests/other.sql': "{{ config(store_failures=false) }} select * from {{ ref('numbers') }} where id > 2",
    })
    await project.build({ flags: { STORE_FAILURES: true } })
    expect(await found(project)).toHaveLength(1)
    expect(await found(project, 'large')).toHaveLength(1)
    const kept = await project.rows(
      `select table_name from information_schema.tables where table_schema = '${AUDIT}' order by 1`,
    )
    expect(kept).toEqual([{ table_name: 'large' }, { table_name: 'missing' }])
  })

  it('a test that cannot run fails, and what it kept before stays', async () => {
    const project = await projectOf({
      'models/numbers.sql': numbers(1, null),
      'tests/missing.sql':
        "{{ config(store_failures=true, severity='warn') }} select * from {{ ref('numbers') }}",
    })
    await project.build()
    await project.write({
      'tests/missing.sql': "{{ config(store_failures=true) }} select id, nothing from {{ ref('numbers') }}",
    })
    const ran = await project.build()
    expect(ran.node('numbers')).toMatchObject({ status: 'failed', checks: [{ status: 'error' }] })
    expect(await found(project)).toHaveLength(2)
  })
})
