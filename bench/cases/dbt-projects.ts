import { editOf, generatedDbtProject } from '../generated-dbt-project.ts'
import { type BenchCase, type Measurement, median } from '../measurement.ts'
import { BINARY } from '../places.ts'
import { realDbt, type TimedDbt } from '../real-dbt.ts'
import { peakBytes, runNode } from '../run-process.ts'
import { Scratch } from '../scratch.ts'

const RUNS = 3
/** dbt takes minutes for each step of larger ones. */
const SIZE_OF_PEER = 1_000
const SIZES = [100, 1_000, 10_000]
/** What it may take of 10,000 models, in seconds. */
const BUDGETS: Readonly<Record<Step, number>> = {
  cold: 3,
  unchanged: 0.5,
  edited: 0.7,
  compile: 10,
  coldLs: 3,
  ls: 3,
}
const MOST_MEMORY = 600
const TIMES_FASTER = 10

type Step = 'cold' | 'unchanged' | 'edited' | 'compile' | 'coldLs' | 'ls'
const STEPS: Readonly<Record<Step, string>> = {
  cold: '`parse`, nothing kept of earlier ones',
  unchanged: '`parse`, nothing changed',
  edited: '`parse`, one model edited',
  compile: '`compile`, nothing changed',
  coldLs: '`ls`, nothing kept of earlier commands',
  ls: '`ls`, nothing changed',
}

/** What reading and compiling dbt projects of a hundred to ten thousand models takes, beside dbt. */
export const dbtProjects: BenchCase = {
  name: 'dbt projects',
  async run() {
    const dbt = realDbt()
    const measurements: Measurement[] = []
    for (const size of SIZES) {
      using scratch = new Scratch()
      scratch.write(generatedDbtProject(size))
      const ours = timeSteps(scratch, size, (args) => runNode([BINARY, ...args], scratch.path).seconds)
      for (const [step, says] of steps()) measurements.push(absolute(size, step, says, ours[step]))
      if (size === SIZES.at(-1)) measurements.push(memory(scratch, size))
      if (dbt === undefined || size > SIZE_OF_PEER) continue
      forget(scratch)
      const theirs = timeSteps(scratch, size, (args) => dbt(args, scratch.path))
      for (const [step, says] of steps())
        measurements.push(beside(`${size} models, ${says}`, ours[step], theirs[step]))
    }
    measurements.push(...builds(dbt))
    return measurements
  },
}

function steps(): readonly (readonly [Step, string])[] {
  return [
    ['cold', STEPS.cold],
    ['unchanged', STEPS.unchanged],
    ['edited', STEPS.edited],
    ['compile', STEPS.compile],
    ['coldLs', STEPS.coldLs],
    ['ls', STEPS.ls],
  ]
}

function timeSteps(
  scratch: Scratch,
  size: number,
  time: (args: readonly string[]) => number,
): Record<Step, number> {
  const often = (run: (i: number) => number) => median(Array.from({ length: RUNS }, (_, i) => run(i)))
  return {
    cold: often(() => {
      forget(scratch)
      return time(['parse'])
    }),
    unchanged: often(() => time(['parse'])),
    edited: often((i) => {
      scratch.write(editOf(size, i))
      return time(['parse'])
    }),
    compile: often(() => time(['compile', '--quiet'])),
    coldLs: often(() => {
      forget(scratch)
      return time(['ls'])
    }),
    ls: often(() => time(['ls'])),
  }
}

/** Everything that is kept between commands. */
function forget(scratch: Scratch): void {
  for (const kept of ['target', '.waterworks', 'warehouse.duckdb']) scratch.remove(kept)
}

function absolute(size: number, step: Step, says: string, value: number): Measurement {
  return {
    name: `dbt project of ${size.toLocaleString('en')} models`,
    says,
    value,
    unit: 's',
    budget: BUDGETS[step],
    better: 'lower',
  }
}

function beside(says: string, ours: number, theirs: number): Measurement {
  return {
    name: 'beside dbt-core 1.10 with dbt-duckdb',
    says: `${says}: ${ours.toFixed(2)} s against ${theirs.toFixed(2)} s`,
    value: theirs / ours,
    unit: 'x',
    budget: TIMES_FASTER,
    better: 'higher',
  }
}

function memory(scratch: Scratch, size: number): Measurement {
  forget(scratch)
  return {
    name: `dbt project of ${size.toLocaleString('en')} models`,
    says: 'peak memory of a cold `compile`',
    value: peakBytes([BINARY, 'compile', '--quiet'], scratch.path) / 1e6,
    unit: 'MB',
    budget: MOST_MEMORY,
    better: 'lower',
  }
}

/** Builds of a thousand models that do nothing, and of a shop of five that is all there is of many a project. */
function builds(dbt: TimedDbt | undefined): readonly Measurement[] {
  const projects = [
    { name: '1,000 trivial models', files: trivialModels(1_000), budget: 5 },
    { name: 'a shop of five models', files: SHOP, budget: 1 },
  ]
  return projects.flatMap(({ name, files, budget }) => {
    using scratch = new Scratch()
    scratch.write({ ...files, ...PROFILE })
    const often = (time: (args: readonly string[]) => number) =>
      median(
        Array.from({ length: RUNS }, () => {
          forget(scratch)
          return time(['build', '--quiet'])
        }),
      )
    const ours = often((args) => runNode([BINARY, ...args], scratch.path).seconds)
    const own = {
      name: `build of ${name}`,
      says: 'whole process',
      value: ours,
      unit: 's',
      budget,
      better: 'lower',
    } as const
    if (dbt === undefined) return [own]
    return [
      own,
      beside(
        `\`build\` of ${name}`,
        ours,
        often((args) => dbt(args, scratch.path)),
      ),
    ]
  })
}

const PROFILE = {
  'profiles.yml': `bench:
  target: dev
  outputs: {dev: {type: duckdb, path: warehouse.duckdb, schema: analytics, threads: 4}}
`,
}

function trivialModels(count: number): Readonly<Record<string, string>> {
  const models = Array.from({ length: count }, (_, i) => {
    const text = i < 10 ? 'select 1 as id' : `select id from {{ ref('model_${Math.floor(i / 10)}') }}`
    return [`models/model_${i}.sql`, `{{ config(materialized='table') }}\n${text}\n`] as const
  })
  return {
    'dbt_project.yml': "name: trivial\nversion: '1.0'\nprofile: bench\n",
    ...Object.fromEntries(models),
  }
}

const SHOP: Readonly<Record<string, string>> = {
  'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: bench\n",
  'seeds/raw_customers.csv': `id,name\n${rows(100, (i) => `${i},Customer ${i}`)}`,
  'seeds/raw_orders.csv': `id,customer_id,placed_on,status\n${rows(500, (i) => `${i},${i % 100},2026-01-${String(1 + (i % 28)).padStart(2, '0')},${['placed', 'sent', 'returned'][i % 3]}`)}`,
  'seeds/raw_payments.csv': `id,order_id,method,amount\n${rows(600, (i) => `${i},${i % 500},${['card', 'cash'][i % 2]},${100 + i}`)}`,
  'models/stg_customers.sql': "select id as customer_id, name from {{ ref('raw_customers') }}\n",
  'models/stg_orders.sql':
    "select id as order_id, customer_id, placed_on, status from {{ ref('raw_orders') }}\n",
  'models/stg_payments.sql':
    "select id as payment_id, order_id, method, amount / 100.0 as amount from {{ ref('raw_payments') }}\n",
  'models/orders.sql': `{{ config(materialized='table') }}
select o.order_id, o.customer_id, o.placed_on, o.status,
{% for method in ['card', 'cash'] %}  sum(amount) filter (where method = '{{ method }}') as {{ method }}_amount,
{% endfor %}  sum(amount) as amount
from {{ ref('stg_orders') }} as o left join {{ ref('stg_payments') }} as p using (order_id) group by all
`,
  'models/customers.sql': `{{ config(materialized='table') }}
select customer_id, name, count(order_id) as orders, sum(amount) as amount
from {{ ref('stg_customers') }} left join {{ ref('orders') }} using (customer_id) group by all
`,
  'models/schema.yml': `models:
  - name: customers
    columns: [{name: customer_id, data_tests: [unique, not_null]}]
  - name: orders
    columns:
      - {name: order_id, data_tests: [unique, not_null]}
      - {name: customer_id, data_tests: [relationships: {arguments: {to: ref('customers'), field: customer_id}}]}
      - {name: status, data_tests: [accepted_values: {arguments: {values: [placed, sent, returned]}}]}
`,
}

function rows(count: number, row: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => `${row(i)}\n`).join('')
}
