import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { preparePython } from '../../scripts/python-program.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { RunProject } from '../support/run-project.ts'

const script = join(import.meta.dirname, '../support/sdk_tap.py')
const HOURS = 9000

let engine: DuckDbEngine
beforeAll(() => {
  engine = new DuckDbEngine({ path: ':memory:' })
})
afterAll(() => engine.close())

it('reads a tap of the Singer SDK, and goes on from its state', { timeout: 600_000 }, async ({ skip }) => {
  const program = preparePython({ script, packages: ['singer-sdk==0.54.9'] }, (reason) => console.log(reason))
  if (program === undefined) return skip('singer-sdk cannot be installed')
  const place = await RunProject.create(engine, {
    token: 's3cretvalue\n',
    'pipelines/tap.yml': `pipeline:
  name: tap
  extract:
    source_system: sdk
    tap: [${program.python}, ${script}]
    config: {token: "\${file:token}"}
    streams: [first, second]
    strategy: incremental
  load: {strategy: append}
`,
  })
  const built = await place.build()
  expect(built.node('tap')).toMatchObject({
    message: '',
    ledger: { extracted: 2 * HOURS, inserted: 2 * HOURS },
  })
  const again = await place.build()
  // The row at each bookmark comes again, and is known.
  expect(again.node('tap')).toMatchObject({ message: '', ledger: { extracted: 2, deduplicated: 2 } })
  const rows = await place.rows('select count(*) as rows, count(distinct id) as ids from raw.raw_sdk_second')
  expect(rows.map(({ rows, ids }) => [Number(rows), Number(ids)])).toEqual([[HOURS, HOURS]])
})
