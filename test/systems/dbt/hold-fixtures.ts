import { afterAll, describe, expect, it } from 'vitest'
import { readAgreement } from '../../../scripts/dbt-oracle/agreement.ts'
import { compareFixture } from '../../../scripts/dbt-oracle/compare-fixture.ts'
import { fixtureFolder, fixtureNames } from '../../../scripts/dbt-oracle/fixtures.ts'
import { RealDbt } from '../../../scripts/dbt-oracle/real-dbt.ts'
import { runScenario } from '../../../scripts/dbt-oracle/run-scenario.ts'
import { readScenario } from '../../../scripts/dbt-oracle/scenario.ts'
import { unlikeScenario } from '../../../scripts/dbt-oracle/unlike-scenario.ts'
import { waterworks } from '../../../scripts/dbt-oracle/waterworks-program.ts'

/**
 * Holds Waterworks to what it agrees on with dbt in one of `parts` of the fixtures: dbt takes so long for all that two cores are to
 * share them. Only where something is agreed on does a comparison hold; `scripts/dbt-oracle.ts` shows the others.
 */
export function holdFixtures(part: number, parts: number): void {
  const dbt = RealDbt.start((reason) => console.error(`The fixtures were not compared with dbt: ${reason}`))
  const agreement = readAgreement()
  const compared = fixtureNames()
    .filter((name) => (agreement[name] ?? []).length > 0)
    .filter((_name, index) => index % parts === part)

  afterAll(() => dbt?.close())

  describe.skipIf(dbt === undefined).each(compared)('%s', (name) => {
    const fixture = fixtureFolder(name)
    const scenario = readScenario(fixture)

    it(scenario.feature, async () => {
      const expected = await runScenario(dbt!, fixture)
      expect(unlikeScenario(scenario, expected), 'what dbt does').toEqual([])
      const agreed = new Set(agreement[name])
      const differences = compareFixture(scenario, expected, await runScenario(waterworks, fixture))
      expect(
        differences.filter(({ aspect }) => agreed.has(aspect)),
        'what Waterworks does otherwise',
      ).toEqual([])
    })
  })
}
