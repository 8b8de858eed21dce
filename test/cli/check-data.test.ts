import { expect, it } from 'vitest'
import { DbtProject } from './support/dbt-project.ts'

const files = {
  'models/orders.sql': `select 1 as id, 5 as amount union all select 2, null union all select 2, 7`,
  'models/schema.yml': `models:
  - name: orders
    columns:
      - {name: id, data_tests: [unique, not_null]}
      - {name: amount, data_tests: [{not_null: {config: {severity: warn}}}]}
`,
  'suite.json': JSON.stringify({
    name: 'orders',
    expectations: [
      {
        type: 'expect_column_values_to_be_between',
        kwargs: { column: 'amount', min_value: { $PARAMETER: 'least' } },
      },
      { type: 'expect_column_values_to_be_unique', kwargs: { column: 'id', mostly: 0.3 } },
    ],
  }),
}

it('checks data as it lies, by the project’s checks and by suites', async () => {
  const project = await DbtProject.create(files)
  await project.output(['run'])

  const own = await project.run(['check', 'orders', '--json'])
  expect(own.code).toBe(1)
  const { status, checks } = JSON.parse(own.stdout)
  expect(status).toBe('failed')
  expect(checks).toMatchObject([
    {
      name: 'not_null_orders_amount',
      status: 'warn',
      failures: 1,
      priority: 'P1',
      dimension: 'completeness',
    },
    { name: 'not_null_orders_id', status: 'pass', failures: 0 },
    { name: 'unique_orders_id', status: 'fail', failures: 1, priority: 'P0', dimension: 'uniqueness' },
  ])

  const explained = await project.output(['check', 'orders', '--explain'])
  expect(explained).toContain('1. one pass over the rows')
  expect(explained).toContain('2. a query of its own')

  const suite = ['check', 'orders', '--suite', 'suite.json', '--index', 'id']
  const met = await project.run([...suite, '--parameter', 'least=5', '--json'])
  expect(met.code).toBe(0)
  expect(JSON.parse(met.stdout)).toMatchObject({
    success: true,
    suite_name: 'orders',
    suite_parameters: { least: 5 },
    statistics: { evaluated_expectations: 2, success_percent: 100 },
  })
  const unmet = await project.run([...suite, '--parameter', 'least=6'])
  expect(unmet).toMatchObject({ code: 1, stdout: expect.stringContaining('1 of 3 rows unexpected') })

  const unknown = await project.run(['check', 'order', '--suite', 'suite.json'])
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('WW7005') })
  const file = await project.run(['check', 'orders.csv'])
  expect(file).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no file orders.csv') })
})
