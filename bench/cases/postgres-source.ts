import { fileURLToPath } from 'node:url'
import { preparePython } from '../../scripts/python-program.ts'
import { postgresDialect } from '../../src/connectors/postgres/postgres-dialect.ts'
import { TablesConnector } from '../../src/connectors/tables/tables-connector.ts'
import type { Connection } from '../../src/project/project.ts'
import { startPostgres } from '../../test/support/postgres-process.ts'
import { serverAt } from '../../test/support/postgres-server.ts'
import { postgresSource as startSource } from '../../test/support/postgres-source.ts'
import { copyToNowhere } from '../copy-to-nowhere.ts'
import { type BenchCase, type Measurement, median } from '../measurement.ts'
import { BINARY } from '../places.ts'
import { peakBytes, runNode } from '../run-process.ts'
import { Scratch } from '../scratch.ts'

const ROWS = 5_000_000
/** dlt takes a minute for these. */
const PEER_ROWS = 500_000
const RUNS = 3
/** What DuckDB may keep in memory while memory is measured, so that its cache of the table is not what is. */
const LIMIT = '128MB'

/** Twelve columns, as orders have them. */
const select = (rows: number) => `select
  n::bigint as order_id, (n::bigint * 7919 % 100000)::integer as customer_id, (n % 5)::smallint as kind,
  (n::bigint * 37 % 1000000)::numeric(12, 2) / 100 as amount, (n % 1000) / 7.0::float8 as weight, n % 3 = 0 as is_gift,
  'customer-' || n % 50000 || '@example.com' as email, 'SKU-' || n % 4000 as sku,
  case when n % 10 = 0 then null else 'A note on order ' || n end as note,
  date '2024-01-01' + (n % 700)::integer as due_on, timestamptz '2024-01-01 00:00+00' + n * interval '3 seconds' as placed_at,
  timestamptz '2024-01-01 00:00+00' + n * interval '4 seconds' as updated_at
from generate_series(1, ${rows}) as n`

/** A table of five million rows from Postgres, as batches and into a published table, against COPY to nowhere. */
export const postgresSource: BenchCase = {
  name: 'Postgres source',
  async run() {
    using scratch = new Scratch()
    const server = await startPostgres()
    const { port, user: role, password: secret } = server
    const source = await startSource({}, serverAt({ port, user: role, password: secret }))
    const client = await source.session()
    try {
      for (const [table, rows] of [
        ['orders', ROWS],
        ['orders_small', ROWS / 10],
        ['orders_peer', PEER_ROWS],
      ] as const) {
        await client.query(`create table ${table} as ${select(rows)}`)
        await client.query(`alter table ${table} add primary key (order_id)`)
        await client.query(`vacuum analyze ${table}`)
      }
      const { connection } = source
      const { host, port, user, password = '', database } = connection
      const url = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`
      const nowhere = () => timed(() => copyToNowhere(client, 'copy orders to stdout (format binary)'))
      const intoBatches = () => timed(() => batches(connection))
      const published = (table: string) => {
        prepare(scratch, table)
        return runNode([BINARY, 'build', '--quiet', '--json'], scratch.path, { BENCH_DB_URL: url }).seconds
      }
      await nowhere()
      const rates: { batches: number; published: number; rows: number }[] = []
      for (let run = 0; run < RUNS; run++) {
        const straight = await nowhere()
        const seconds = published('orders')
        rates.push({
          batches: straight / (await intoBatches()),
          published: straight / seconds,
          rows: ROWS / seconds,
        })
      }
      const peak = (table: string) => {
        prepare(scratch, table, LIMIT)
        return peakBytes([BINARY, 'build', '--quiet', '--json'], scratch.path, { BENCH_DB_URL: url })
      }
      const small = peak('orders_small')
      return [
        share('batches', 'rate of COPY to nowhere', median(rates.map((rate) => rate.batches)), 0.8),
        share('published table', 'rate of COPY to nowhere', median(rates.map((rate) => rate.published)), 0.4),
        {
          name: 'Postgres, peak memory',
          says: `${ROWS.toLocaleString('en')} rows / ${(ROWS / 10).toLocaleString('en')} rows, memory_limit ${LIMIT}`,
          value: peak('orders') / small,
          unit: 'x',
          budget: 1.3,
          better: 'lower',
        },
        ...peer(url, scratch, median(rates.map((rate) => rate.rows))),
      ]
    } finally {
      await source.close()
      await server.stop()
    }
  },
}

function share(what: string, against: string, value: number, budget: number): Measurement {
  return {
    name: `Postgres to ${what}`,
    says: `share of the ${against}, 5,000,000 rows of 12 columns`,
    value,
    unit: 'x',
    budget,
    better: 'higher',
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

async function batches(connection: Connection): Promise<void> {
  const connector = new TablesConnector(postgresDialect(connection), {
    streams: [
      {
        stream: 'orders',
        schema: 'public',
        name: 'orders',
        columns: {},
        incremental: undefined,
      },
    ],
    chunkRows: 500_000,
  })
  let rows = 0
  for await (const arrival of connector.read('orders', null)) {
    await arrival.writeTo({
      write: async (batch) => {
        rows += batch.rows
      },
      restart: async () => undefined,
    })
  }
  await connector.close()
  if (rows !== ROWS) throw new Error(`${rows} rows arrived`)
}

function prepare(scratch: Scratch, table: string, limit?: string): void {
  scratch.remove('.waterworks')
  scratch.write({
    'waterworks.yml': `name: bench
targets: {local: {type: duckdb${limit === undefined ? '' : `, memory_limit: ${limit}`}}}
connections: {db: {type: postgres, url: "$\{BENCH_DB_URL}"}}
`,
    'pipelines/orders.yml': `pipeline:
  name: orders
  extract: {source_system: bench, connection: db, tables: ${table}, strategy: full}
  load: {strategy: truncate-reload}
`,
  })
}

/** How many times as many rows a second as dlt's default; nothing where it cannot be installed. */
function peer(url: string, scratch: Scratch, rate: number): readonly Measurement[] {
  const script = fileURLToPath(new URL('../peers/dlt-postgres.py', import.meta.url))
  const packages = ['dlt[duckdb]==1.31.0', 'sqlalchemy==2.0.45', 'psycopg2-binary==2.9.11']
  const dlt = preparePython({ script, packages }, (reason) => process.stderr.write(`${reason}\n`))
  if (dlt === undefined) return []
  const address = url.replace(/^postgres:/, 'postgresql+psycopg2:')
  scratch.write({ 'dlt/.keep': '' })
  const seconds = Number(dlt.run([address, 'public', 'orders_peer', scratch.file('dlt')]))
  return [
    {
      name: 'Postgres to DuckDB, beside dlt 1.31',
      says: `rows a second / dlt's, by its default way; ${Math.round(rate).toLocaleString('en')} against ${Math.round(PEER_ROWS / seconds).toLocaleString('en')}`,
      value: rate / (PEER_ROWS / seconds),
      unit: 'x',
      budget: 10,
      better: 'higher',
    },
  ]
}
