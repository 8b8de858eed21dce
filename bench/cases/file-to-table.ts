import { type BenchCase, type Measurement, median } from '../measurement.ts'
import { BINARY, FLIGHTS_FILE, STRAIGHT } from '../places.ts'
import { runNode } from '../run-process.ts'
import { Scratch } from '../scratch.ts'

const RUNS = 3
/** The flights, so many times over: starting a process should not be what is measured. */
const TIMES = 4

function pipeline(file: string): string {
  return `pipeline:
  name: flights
  extract: {source_system: vega, strategy: full, files: ${file}}
  load: {strategy: append}
  quality_gates:
    pre_load:
      - accepted_range: {column: delay, min: -10000}
    post_load:
      - row_count: {min: 1}
`
}

/**
 * A file of twelve million rows through landing, gate, ledger and publishing, against DuckDB's own `create table as`
 * with the same two columns more. Both are whole processes, in turn.
 */
export const fileToTable: BenchCase = {
  name: 'file to published table',
  async run() {
    using scratch = new Scratch()
    scratch.write({
      'waterworks.yml': 'name: bench\n',
      'make.json': JSON.stringify([
        `create view flights as ${Array.from({ length: TIMES }, () => `from '${FLIGHTS_FILE}'`).join(' union all ')}`,
        ...['csv', 'parquet'].map((ending) => `copy flights to '${scratch.file(`flights.${ending}`)}'`),
      ]),
    })
    runNode([STRAIGHT, ':memory:', scratch.file('make.json')], scratch.path)
    return [
      compare(scratch, 'Parquet', scratch.file('flights.parquet'), 'read_parquet'),
      compare(scratch, 'CSV', scratch.file('flights.csv'), 'read_csv'),
    ]
  },
}

function compare(scratch: Scratch, format: string, file: string, reader: string): Measurement {
  const stamps = "now() as _loaded_at, cast('01a1fc21-2aed-7099-af27-058254649cd6' as uuid) as _run_id"
  scratch.write({
    'pipelines/flights.yml': pipeline(file),
    'straight.json': JSON.stringify([
      `create table raw_vega_flights as select *, ${stamps} from ${reader}('${file}')`,
    ]),
  })
  const ours = () => {
    scratch.remove('.waterworks')
    return runNode([BINARY, 'build', '--quiet', '--json'], scratch.path).seconds
  }
  const straight = () => {
    scratch.remove('straight.duckdb')
    return runNode([STRAIGHT, scratch.file('straight.duckdb'), scratch.file('straight.json')], scratch.path)
      .seconds
  }
  ours()
  straight()
  const ratios = Array.from({ length: RUNS }, () => ours() / straight())
  return {
    name: `file to table, ${format}`,
    says: 'land, gate, count, publish / `create table as`, whole processes',
    value: median(ratios),
    unit: 'x',
    budget: 1.2,
    better: 'lower',
  }
}
