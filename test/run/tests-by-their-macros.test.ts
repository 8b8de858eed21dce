import { describe, expect, it } from 'vitest'
import type { RunContext } from '../../src/run/run-context.ts'
import { suiteEngine } from '../support/engines.ts'
import { RunProject } from '../support/run-project.ts'

const files = {
  'models/people.sql': "select 1 as id, 'a' as name union all select 2, null",
  'models/schema.yml': `models:
  - name: people
    columns:
      - name: coalesce(name, 'nobody')
        tests: [not_null, unique]
      - name: name
        tests:
          - not_null
          - relationships: {to: ref('people'), field: lower(name)}
`,
}

const statuses = (report: Awaited<ReturnType<RunProject['build']>>) =>
  Object.fromEntries(
    report.nodes.flatMap(({ checks }) =>
      checks.map(({ name, status, failures }) => [name, [status, failures]]),
    ),
  )

describe('tests that say more than a column', () => {
  const test = suiteEngine('duckdb')

  it('are their macros: on expressions', async () => {
    const project = await RunProject.create(test.engine, files)
    const results = statuses(await project.build({ publish: 'immediately' }))
    expect(Object.values(results).toSorted()).toEqual([
      ['fail', 1],
      ['pass', 0],
      ['pass', 0],
      ['pass', 0],
    ])
  })

  it('are their macros: on sources that are files', async () => {
    const project = await RunProject.create(test.engine, {})
    await project.write({
      'data/people.csv': 'id\n1\n1\n2\n',
      'models/sources.yml': `sources:
  - name: files
    config: {external_location: "${project.root}/data/{name}.csv"}
    tables:
      - name: people
        columns: [{name: id, tests: [unique, not_null]}]
`,
    })
    expect(statuses(await project.build())).toMatchObject({
      source_unique_files_people_id: ['fail', 1],
      source_not_null_files_people_id: ['pass', 0],
    })
  })

  it('are macros of the project that stand in for the built-in ones', async () => {
    const project = await RunProject.create(test.engine, {
      ...files,
      'macros/own.sql':
        '{% macro default__test_not_null(model, column_name) %}select 1 as n union all select 2{% endmacro %}',
    })
    const results = statuses(await project.build({ publish: 'immediately' }))
    expect(results['not_null_people_name']).toEqual(['fail', 2])
  })

  it('are the queries of their macros where models are published at once, for artefacts to show', async () => {
    const project = await RunProject.create(test.engine, {
      'models/people.sql': 'select 1 as id',
      'models/schema.yml': 'models: [{name: people, columns: [{name: id, tests: [unique]}]}]',
    })
    const codeOf = async (publish: 'immediately' | 'after_tests') => {
      let journal: RunContext['dbt']['journal'] | undefined
      const change = (context: RunContext) => {
        journal = context.dbt.journal
        return {}
      }
      await project.build({ publish, change })
      return [...journal!.entries].find(([id]) => id.startsWith('test.'))?.[1].compiled?.code
    }
    expect(await codeOf('immediately')).toContain('n_records')
    expect(await codeOf('after_tests')).toBeUndefined()
  })
})
