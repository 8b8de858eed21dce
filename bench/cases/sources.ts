import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { preparePython, type ReadyProgram } from '../../scripts/python-program.ts'
import { type BenchCase, type Measurement, median } from '../measurement.ts'
import { BINARY, STRAIGHT } from '../places.ts'
import { runNode } from '../run-process.ts'
import { Scratch } from '../scratch.ts'

const RUNS = 3
const ROWS = 1_000_000
/** dlt takes minutes for more nested records, or for more of a history. */
const PEER_ROWS: Readonly<Record<Kind, number>> = {
  ndjson: 20_000,
  csv: ROWS,
  parquet: ROWS,
  api: 20_000,
  scd2: 20_000,
}
const API_ROWS = 100_000
const TAP_ROWS = 100_000
const SAYS: Readonly<Record<Kind, string>> = {
  ndjson: 'NDJSON with objects and lists',
  csv: 'CSV',
  parquet: 'Parquet',
  api: 'an API in pages of 100 records, one after another',
  scd2: 'a dimension’s history, 1 % changed (rows of the dimension)',
}

type Kind = 'ndjson' | 'csv' | 'parquet' | 'api' | 'scd2'

/** Sources into published tables, in rows a second, beside dlt and beside the engine's own copy. Whole processes. */
export const sources: BenchCase = {
  name: 'sources',
  async run() {
    using scratch = new Scratch()
    const script = fileURLToPath(new URL('../peers/dlt-load.py', import.meta.url))
    const packages = ['dlt[duckdb,parquet]==1.31.0']
    const dlt = preparePython({ script, packages }, (reason) => process.stderr.write(`${reason}\n`))
    makeFiles(scratch, ROWS, 'full')
    for (const rows of new Set(Object.values(PEER_ROWS))) makeFiles(scratch, rows, `peer-${rows}`)
    return [
      ...(['ndjson', 'csv', 'parquet'] as const).flatMap((kind) => file(scratch, kind, dlt)),
      ...(await api(scratch, dlt)),
      ...history(scratch, dlt),
      ...tap(scratch),
    ]
  },
}

function makeFiles(scratch: Scratch, rows: number, name: string): void {
  const orders = `select n as id, {'id': n % 5000, 'email': 'customer-' || (n % 5000) || '@example.com',
      'address': {'city': 'City ' || (n % 90), 'zip': lpad((n % 99999)::text, 5, '0')}} as customer,
    ['placed', 'sent', 'returned'][1 + n % 3] as status, (n % 10000) / 100.0 as amount,
    timestamp '2024-01-01' + n * interval '1 minute' as placed_at,
    [{'sku': 'SKU-' || (n % 400), 'quantity': 1 + n % 4}, {'sku': 'SKU-' || (n % 399), 'quantity': 1 + n % 3}] as lines
    from range(${rows}) as t(n)`
  const flat = `select * exclude (customer, lines), customer.email as email from (${orders})`
  const changed = `select * replace (if(id % 100 = 0, 'changed', status) as status) from (${flat})`
  const into = (query: string, file: string) => `copy (${query}) to '${scratch.file(file)}'`
  scratch.write({
    'waterworks.yml': 'name: bench\n',
    'make.json': JSON.stringify([
      into(orders, `${name}.ndjson`),
      into(flat, `${name}.csv`),
      into(flat, `${name}.parquet`),
      into(changed, `${name}-changed.parquet`),
    ]),
  })
  runNode([STRAIGHT, ':memory:', scratch.file('make.json')], scratch.path)
}

function file(scratch: Scratch, kind: 'ndjson' | 'csv' | 'parquet', dlt: ReadyProgram | undefined) {
  const reader = { ndjson: 'read_json', csv: 'read_csv', parquet: 'read_parquet' }[kind]
  scratch.write({
    'pipelines/orders.yml': pipeline(`files: ${scratch.file(`full.${kind}`)}, strategy: full`, 'append'),
    'copy.json': JSON.stringify([`create table orders as from ${reader}('${scratch.file(`full.${kind}`)}')`]),
  })
  const copy = () => {
    scratch.remove('copy.duckdb')
    return runNode([STRAIGHT, scratch.file('copy.duckdb'), scratch.file('copy.json')], scratch.path).seconds
  }
  copy()
  const runs = Array.from({ length: RUNS }, () => ({ ours: anew(scratch), engine: copy() }))
  return [
    {
      name: `${SAYS[kind]} to a published table`,
      says: `time / the engine's \`create table as\`, ${ROWS.toLocaleString('en')} rows`,
      value: median(runs.map(({ ours, engine }) => ours / engine)),
      unit: 'x',
      budget: 2,
      better: 'lower',
    } as const,
    ...beside(
      kind,
      ROWS / median(runs.map(({ ours }) => ours)),
      dltSeconds(scratch, dlt, kind, scratch.file(`peer-${PEER_ROWS[kind]}.${kind}`)),
    ),
  ]
}

async function api(scratch: Scratch, dlt: ReadyProgram | undefined): Promise<readonly Measurement[]> {
  const plain = fileURLToPath(new URL('../peers/plain-fetch.ts', import.meta.url))
  const runs = await withPages(API_ROWS, (url) => {
    scratch.write({
      'manifest.yaml': manifest(url),
      'pipelines/orders.yml': pipeline('manifest: manifest.yaml, strategy: full', 'truncate-reload'),
    })
    return Array.from({ length: RUNS }, () => {
      return { ours: anew(scratch), least: runNode([plain, url], scratch.path).seconds }
    })
  })
  const theirs = await withPages(PEER_ROWS.api, (url) => dltSeconds(scratch, dlt, 'api', url))
  return [
    {
      name: `${SAYS.api}, to a published table`,
      says: `time / asking for the pages and parsing them, ${API_ROWS.toLocaleString('en')} records`,
      value: median(runs.map(({ ours, least }) => ours / least)),
      unit: 'x',
      budget: 3,
      better: 'lower',
    },
    ...beside('api', API_ROWS / median(runs.map(({ ours }) => ours)), theirs),
  ]
}

/** A tap of the Singer SDK; nothing where it cannot be installed. */
function tap(scratch: Scratch): readonly Measurement[] {
  const script = fileURLToPath(new URL('../peers/sdk-tap.py', import.meta.url))
  const sdk = preparePython({ script, packages: ['singer-sdk==0.54.9'] }, (reason) =>
    process.stderr.write(`${reason}\n`),
  )
  if (sdk === undefined) return []
  scratch.write({
    'config.json': JSON.stringify({ rows: TAP_ROWS }),
    'pipelines/orders.yml': pipeline(
      `tap: [${sdk.python}, ${script}], config: {rows: ${TAP_ROWS}}, streams: [orders], strategy: full`,
      'truncate-reload',
    ),
  })
  const alone = () => {
    const started = performance.now()
    sdk.run(['--config', scratch.file('config.json')])
    return (performance.now() - started) / 1000
  }
  const runs = Array.from({ length: RUNS }, () => ({ ours: anew(scratch), least: alone() }))
  return [
    {
      name: 'a tap of the Singer SDK to a published table',
      says: `time / the tap alone, ${TAP_ROWS.toLocaleString('en')} records`,
      value: median(runs.map(({ ours, least }) => ours / least)),
      unit: 'x',
      budget: 2,
      better: 'lower',
    },
  ]
}

/** The second load of a dimension, of which one row in a hundred has changed. */
function history(scratch: Scratch, dlt: ReadyProgram | undefined): readonly Measurement[] {
  const load = (state: string) => {
    scratch.write({
      'pipelines/orders.yml': pipeline(
        `files: ${scratch.file(`full${state}.parquet`)}, strategy: full`,
        'scd2, merge_keys: [id]',
      ),
    })
    return runNode([BINARY, 'build', '--quiet', '--json'], scratch.path).seconds
  }
  const seconds = Array.from({ length: RUNS }, () => {
    scratch.remove('.waterworks')
    load('')
    return { ours: load('-changed'), engine: historyByHand(scratch) }
  })
  const files = ['', '-changed'].map((state) => scratch.file(`peer-${PEER_ROWS.scd2}${state}.parquet`))
  return [
    {
      name: `${SAYS.scd2}, to a published table`,
      says: `time / an UPDATE and an INSERT by hand, ${ROWS.toLocaleString('en')} rows`,
      value: median(seconds.map(({ ours, engine }) => ours / engine)),
      unit: 'x',
      budget: 3,
      better: 'lower',
    },
    ...beside(
      'scd2',
      ROWS / median(seconds.map(({ ours }) => ours)),
      dltSeconds(scratch, dlt, 'scd2', files.join(',')),
    ),
  ]
}

/** What somebody would write who knows that one column can change. Seconds of the second load. */
function historyByHand(scratch: Scratch): number {
  const read = (state: string) => `read_parquet('${scratch.file(`full${state}.parquet`)}')`
  const versions = "timestamp '2026-01-01' as valid_from, timestamp '9999-12-31' as valid_to"
  const changed = `create temp table changed as select n.* from ${read('-changed')} n join orders o on o.id = n.id
    where o.valid_to = '9999-12-31' and o.status is distinct from n.status`
  const end = "update orders set valid_to = '2026-02-01' where id in (select id from changed)"
  const begin = "insert into orders select *, timestamp '2026-02-01', timestamp '9999-12-31' from changed"
  scratch.remove('history.duckdb')
  scratch.write({
    'first.json': JSON.stringify([`create table orders as select *, ${versions} from ${read('')}`]),
    'second.json': JSON.stringify([changed, 'begin', end, begin, 'commit']),
  })
  runNode([STRAIGHT, scratch.file('history.duckdb'), scratch.file('first.json')], scratch.path)
  return runNode([STRAIGHT, scratch.file('history.duckdb'), scratch.file('second.json')], scratch.path)
    .seconds
}

function anew(scratch: Scratch): number {
  scratch.remove('.waterworks')
  return runNode([BINARY, 'build', '--quiet', '--json'], scratch.path).seconds
}

function pipeline(extract: string, strategy: string): string {
  return `pipeline:
  name: orders
  extract: {source_system: bench, ${extract}}
  load: {strategy: ${strategy}}
`
}

function manifest(url: string): string {
  return `version: 6.0.0
type: DeclarativeSource
check: {type: CheckStream, stream_names: [orders]}
streams:
  - type: DeclarativeStream
    name: orders
    primary_key: id
    schema_loader: {type: InlineSchemaLoader, schema: {type: object, properties: {}}}
    retriever:
      type: SimpleRetriever
      requester: {type: HttpRequester, url_base: '${url}', path: /orders, http_method: GET}
      record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [data]}}
      paginator:
        type: DefaultPaginator
        page_token_option: {type: RequestPath}
        pagination_strategy: {type: CursorPagination, cursor_value: "{{ response['next'] }}"}
`
}

/** Serves pages from a process of their own while `work` runs. */
async function withPages<T>(records: number, work: (url: string) => T): Promise<T> {
  const program = fileURLToPath(new URL('../page-server.ts', import.meta.url))
  const server: ChildProcess = spawn(process.execPath, [program, String(records)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [url] = await once(createInterface({ input: server.stdout! }), 'line')
    return work(String(url))
  } finally {
    server.kill()
    await once(server, 'exit')
  }
}

/** Of the last of its loads; undefined where dlt cannot be installed. */
function dltSeconds(scratch: Scratch, dlt: ReadyProgram | undefined, kind: Kind, source: string) {
  if (dlt === undefined) return undefined
  scratch.remove('dlt')
  scratch.write({ 'dlt/.keep': '' })
  return Number(
    dlt
      .run([kind, source, scratch.file('dlt')])
      .trim()
      .split('\n')
      .at(-1),
  )
}

/** How many times as many rows a second as dlt's default; nothing where it did not run. */
function beside(kind: Kind, rate: number, seconds: number | undefined): readonly Measurement[] {
  if (seconds === undefined) return []
  const theirs = PEER_ROWS[kind] / seconds
  const [ours, peer] = [rate, theirs].map((each) => Math.round(each).toLocaleString('en'))
  return [
    {
      name: `${SAYS[kind]}, beside dlt 1.31`,
      says: `rows a second / dlt's, by its default way; ${ours} against ${peer}`,
      value: rate / theirs,
      unit: 'x',
      budget: 1,
      better: 'higher',
    },
  ]
}
