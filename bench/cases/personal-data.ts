import { type BenchCase, type Measurement, median } from '../measurement.ts'
import { BINARY, STRAIGHT } from '../places.ts'
import { runNode } from '../run-process.ts'
import { Scratch } from '../scratch.ts'

const RUNS = 3
const ROWS = 1_000_000
const COLUMNS = `i as id, 'person' || i || '@example.org' as email, '+44 1632 ' || (100000 + i % 900000) as phone,
 i % 97 as category, i * 3 as amount, date '2024-01-01' + (i % 365)::int as day`

function pipeline(file: string, personal: string): string {
  return `pipeline:
  name: people
  extract: {source_system: crm, files: ${file}${personal === '' ? '' : `, personal: {${personal}}`}}
  load: {strategy: append}
`
}

const POLICIES: readonly (readonly [name: string, personal: string])[] = [
  ['hash of two columns', 'email: {policy: hash}, phone: {policy: hash}'],
  ['mask of two columns', 'email: {kind: email, policy: mask}, phone: {kind: phone, policy: mask}'],
]

/** A million rows with two personal columns of six, against the same load without a policy. Both are whole processes, in turn. */
export const personalData: BenchCase = {
  name: 'personal data at the door',
  async run() {
    using scratch = new Scratch()
    scratch.write({
      'waterworks.yml': `name: bench\nprivacy: {mode: off, keys: {k1: "\${BENCH_KEY}"}}\n`,
      '.env': `BENCH_KEY=${'5a'.repeat(32)}\n`,
      'make.json': JSON.stringify(
        ['csv', 'parquet'].map(
          (ending) =>
            `copy (select ${COLUMNS} from range(${ROWS}) t(i)) to '${scratch.file(`people.${ending}`)}'`,
        ),
      ),
    })
    runNode([STRAIGHT, ':memory:', scratch.file('make.json')], scratch.path)
    return ['csv', 'parquet'].flatMap((ending) =>
      POLICIES.map(([name, personal]) => compare(scratch, scratch.file(`people.${ending}`), name, personal)),
    )
  },
}

function compare(scratch: Scratch, file: string, name: string, personal: string): Measurement {
  const load = (declared: string) => {
    scratch.remove('.waterworks')
    scratch.write({ 'pipelines/people.yml': pipeline(file, declared) })
    return runNode([BINARY, 'build', '--quiet', '--json'], scratch.path).seconds
  }
  load('')
  const ratios = Array.from({ length: RUNS }, () => load(personal) / load(''))
  return {
    name: `personal data, ${file.slice(file.lastIndexOf('.') + 1)}, ${name}`,
    says: 'a million rows / the same without a policy, whole processes',
    value: median(ratios),
    unit: 'x',
    budget: 3,
    better: 'lower',
  }
}
