import { expect, it } from 'vitest'
import { suiteEngine } from '../support/engines.ts'
import { RunProject } from '../support/run-project.ts'

const test = suiteEngine('duckdb')

const unitTest = (name: string, expected: number) =>
  `  - {name: ${name}, model: totals, given: [{input: ref('parts'), rows: [{n: 1}]}], expect: {rows: [{n: ${expected}}]}}`

it('one unit test that fails is enough where its model is published at once; else all of them are run', async () => {
  const project = await RunProject.create(test.engine, {
    'models/parts.sql': 'select 1 as n',
    'models/totals.sql': "select sum(n)::int as n from {{ ref('parts') }}",
    'models/unit.yml': ['unit_tests:', unitTest('a', 2), unitTest('b', 1), unitTest('c', 2)].join('\n'),
  })
  const statuses = async (publish: 'immediately' | 'after_tests') => {
    const report = await project.build({ publish })
    return report.nodes.flatMap(({ checks }) => checks.map(({ status }) => status))
  }
  expect(await statuses('immediately')).toEqual(['fail', 'skipped', 'skipped'])
  expect(await statuses('after_tests')).toEqual(['fail', 'pass', 'fail'])
})
