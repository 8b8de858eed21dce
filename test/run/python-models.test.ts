import { expect, it } from 'vitest'
import { suiteEngine } from '../support/engines.ts'
import { RunProject } from '../support/run-project.ts'

const warehouse = suiteEngine('duckdb')

it('refuses models in Python by name when they are to be built, and builds the others', async () => {
  const project = await RunProject.create(warehouse.engine, {
    'models/forecast.py': 'def model(dbt, session):\n    return dbt.ref("days")\n',
    'models/days.sql': 'select 1 as day',
  })
  const ran = await project.build()
  expect(ran.node('days').status).toBe('success')
  expect(ran.node('forecast')).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('WW1211 The model "forecast" is in Python'),
  })
})
