/**
 * `node scripts/dbt-oracle.ts [FIXTURE …] [--dbt] [--outcome] [--agree] [--postgres]`: runs the fixture projects of test/dbt-projects
 * through dbt and Waterworks and prints every difference. `--dbt` runs dbt alone and holds it to the scenario;
 * `--outcome` prints what it ended with; `--postgres` runs both on a PostgreSQL server, with dbt-postgres; `--agree` adds what is equal to the agreement that the suite holds Waterworks to.
 */
import { writeFileSync } from 'node:fs'
import { startPostgres } from '../test/support/postgres-process.ts'
import { AGREEMENT_FILE, ON_POSTGRES, readAgreement } from './dbt-oracle/agreement.ts'
import { compareFixture } from './dbt-oracle/compare-fixture.ts'
import { ASPECTS } from './dbt-oracle/difference.ts'
import { duckDbWarehouse } from './dbt-oracle/fixture-warehouse.ts'
import { fixtureFolder, fixtureNames } from './dbt-oracle/fixtures.ts'
import { postgresWarehouse } from './dbt-oracle/postgres-warehouse.ts'
import { RealDbt } from './dbt-oracle/real-dbt.ts'
import { runScenario } from './dbt-oracle/run-scenario.ts'
import { readScenario } from './dbt-oracle/scenario.ts'
import { countStatuses, unlikeScenario } from './dbt-oracle/unlike-scenario.ts'
import { waterworks } from './dbt-oracle/waterworks-program.ts'

const MOST_SHOWN = 200

const flags = new Set(process.argv.slice(2).filter((word) => word.startsWith('--')))
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const names = wanted.length === 0 ? fixtureNames() : wanted
const onPostgres = flags.has('--postgres')
const dbt = RealDbt.start((reason) => console.error(reason), onPostgres ? 'postgres' : 'duckdb')
if (dbt === undefined) process.exit(2)
const server = onPostgres ? await startPostgres() : undefined
const warehouse = server === undefined ? duckDbWarehouse : postgresWarehouse(server)

const agreement = { ...readAgreement() }
for (const name of names) {
  const fixture = fixtureFolder(name)
  const scenario = readScenario(fixture)
  const expected = await runScenario(dbt, fixture, warehouse)
  const problems = unlikeScenario(scenario, expected)
  for (const problem of problems) console.log(`${name}: dbt: ${problem}`)
  if (problems.length > 0) process.exitCode = 1
  if (flags.has('--outcome')) {
    for (const [i, outcome] of expected.entries()) {
      console.log(
        `${name} ${i + 1}: ${scenario.steps[i]?.run.join(' ')} → ${outcome.exitCode} ${JSON.stringify(countStatuses(outcome))}`,
      )
      for (const { unique_id, status, message } of outcome.results ?? []) {
        if (status !== 'success' && status !== 'pass')
          console.log(`   ${status} ${unique_id}: ${message?.slice(0, MOST_SHOWN)}`)
      }
    }
  }
  if (flags.has('--dbt')) continue
  const got = await runScenario(waterworks, fixture, warehouse)
  for (const [i, outcome] of got.entries()) {
    if (outcome.exitCode !== expected[i]!.exitCode) console.log(outcome.output.slice(-MOST_SHOWN * 5))
  }
  const differences = compareFixture(scenario, expected, got)
  for (const { step, aspect, where, ...values } of differences) {
    const [theirs, ours] = [values.expected, values.got].map((value) => JSON.stringify(value) ?? 'nothing')
    const from = Math.max(0, agreeing(theirs!, ours!) - MOST_SHOWN / 4)
    console.log(`${name} ${step}: ${aspect} ${where}`)
    console.log(`   dbt: ${show(theirs!, from)}\n   ours: ${show(ours!, from)}`)
  }
  const unlike = new Set(differences.map(({ aspect }) => aspect))
  agreement[onPostgres ? `${ON_POSTGRES}${name}` : name] = ASPECTS.filter((aspect) => !unlike.has(aspect))
  console.log(`${name}: unlike in ${[...unlike].join(', ') || 'nothing'}`)
}
dbt.close()
await server?.stop()
if (flags.has('--agree')) {
  const sorted = Object.fromEntries(Object.entries(agreement).toSorted())
  writeFileSync(AGREEMENT_FILE, `${JSON.stringify(sorted, undefined, 2)}\n`)
}

/** How many characters two texts begin with alike. */
function agreeing(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

function show(text: string, from: number): string {
  const end = from + MOST_SHOWN
  return `${from > 0 ? '…' : ''}${text.slice(from, end)}${text.length > end ? '…' : ''}`
}
