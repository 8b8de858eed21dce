import type { Batch } from '../../src/batch/batch.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Session } from '../../src/engines/engine.ts'
import { type BenchCase, type Measurement, median } from '../measurement.ts'

const ROWS = 1_000_000
const RUNS = 5

/** Columnar batches out of DuckDB and back in: what moving a million rows of six columns through them costs. */
export const batches: BenchCase = {
  name: 'batches',
  async run() {
    const engine = new DuckDbEngine({ path: ':memory:' })
    const session = await engine.connect()
    await session.execute(`create table source as select range as id, 'customer number ' || range % 5000 as name,
(range % 977) / 7.0 as amount, timestamp '2026-01-01' + interval (range) second as at, range % 2 = 0 as ok,
cast(range % 100 as integer) as n from range(${ROWS})`)
    await session.execute('create table target as select * from source where false')
    try {
      const kept = await Array.fromAsync(session.batches('select * from source'))
      return [await reading(session), await writing(session, kept)]
    } finally {
      await session.close()
      await engine.close()
    }
  },
}

async function reading(session: Session): Promise<Measurement> {
  const seconds: number[] = []
  for (let run = 0; run < RUNS; run++) {
    seconds.push(
      await timed(async () => void (await Array.fromAsync(session.batches('select * from source')))),
    )
  }
  return rate('batches out', 'DuckDB → batches, six columns, strings as bytes', seconds, 2_000_000)
}

async function writing(session: Session, kept: readonly Batch[]): Promise<Measurement> {
  const seconds: number[] = []
  for (let run = 0; run < RUNS; run++) {
    await session.execute('delete from target')
    seconds.push(
      await timed(async () => void (await session.load({ schema: 'main', name: 'target' }, replay(kept)))),
    )
  }
  return rate('batches in', 'batches → DuckDB table', seconds, 1_000_000)
}

async function* replay(kept: readonly Batch[]): AsyncIterable<Batch> {
  yield* kept
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

function rate(name: string, says: string, seconds: readonly number[], budget: number): Measurement {
  return { name, says, value: ROWS / median(seconds), unit: 'rows/s', budget, better: 'higher' }
}
