import type { BenchCase, Measurement } from '../measurement.ts'
import { BINARY, STRAIGHT } from '../places.ts'
import { peakBytes, runNode } from '../run-process.ts'
import { Scratch } from '../scratch.ts'

/** What DuckDB may keep in memory. It keeps what it wrote while there is room, so the once must fill that as well. */
const LIMIT = '128MB'

/** The most memory a build holds with ten times the data, against once, on a target with a memory limit. */
export const memory: BenchCase = {
  name: 'memory',
  async run() {
    return [measure('Parquet', 'parquet', 20_000_000), measure('CSV', 'csv', 4_000_000)]
  },
}

function measure(format: string, ending: string, rows: number): Measurement {
  const small = peak(ending, rows)
  const large = peak(ending, rows * 10)
  return {
    name: `peak memory, ${format}`,
    says: `${(rows * 10).toLocaleString('en')} rows / ${rows.toLocaleString('en')} rows, memory_limit ${LIMIT}`,
    value: large / small,
    unit: 'x',
    budget: 1.3,
    better: 'lower',
  }
}

function peak(ending: string, rows: number): number {
  using scratch = new Scratch()
  const file = scratch.file(`rows.${ending}`)
  const select = `select range as id, range * 7 % 1000 as amount, 'customer ' || range % 5000 as customer,
timestamp '2026-01-01' + interval (range) second as sold_at from range(${rows})`
  scratch.write({
    'waterworks.yml': `name: bench\ntargets: {local: {type: duckdb, memory_limit: ${LIMIT}}}\n`,
    'make.json': JSON.stringify([`copy (${select}) to '${file}'`]),
    'pipelines/rows.yml': `pipeline:\n  name: rows\n  extract: {source_system: bench, strategy: full, files: ${file}}\n  load: {strategy: append}\n`,
  })
  runNode([STRAIGHT, ':memory:', scratch.file('make.json')], scratch.path)
  return peakBytes([BINARY, 'build', '--quiet', '--json'], scratch.path)
}
