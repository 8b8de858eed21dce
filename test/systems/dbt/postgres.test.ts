import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ON_POSTGRES, readAgreement } from '../../../scripts/dbt-oracle/agreement.ts'
import { compareFixture } from '../../../scripts/dbt-oracle/compare-fixture.ts'
import { fixtureFolder } from '../../../scripts/dbt-oracle/fixtures.ts'
import { postgresWarehouse } from '../../../scripts/dbt-oracle/postgres-warehouse.ts'
import { RealDbt } from '../../../scripts/dbt-oracle/real-dbt.ts'
import { runScenario } from '../../../scripts/dbt-oracle/run-scenario.ts'
import { readScenario } from '../../../scripts/dbt-oracle/scenario.ts'
import { waterworks } from '../../../scripts/dbt-oracle/waterworks-program.ts'
import { type RunningPostgres, startPostgres } from '../../support/postgres-process.ts'

const dbt = RealDbt.start(
  (reason) => console.error(`The fixtures were not compared with dbt-postgres: ${reason}`),
  'postgres',
)
const agreed = Object.entries(readAgreement()).filter(([name]) => name.startsWith(ON_POSTGRES))
let server: RunningPostgres

beforeAll(async () => {
  server = await startPostgres()
})

afterAll(async () => {
  dbt?.close()
  await server.stop()
})

describe.skipIf(dbt === undefined).each(agreed)('%s', (name, aspects) => {
  const fixture = fixtureFolder(name.slice(ON_POSTGRES.length))
  const scenario = readScenario(fixture)

  it(scenario.feature, async () => {
    const warehouse = postgresWarehouse(server)
    const expected = await runScenario(dbt!, fixture, warehouse)
    const differences = compareFixture(scenario, expected, await runScenario(waterworks, fixture, warehouse))
    expect(
      differences.filter(({ aspect }) => aspects.includes(aspect)),
      'what Waterworks does otherwise',
    ).toEqual([])
  })
})
