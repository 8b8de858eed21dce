import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Executor } from '../../src/engines/engine.ts'
import { imbalance } from '../../src/ledger/imbalance.ts'
import { FakeApi } from '../support/fake-api.ts'
import { HostileApi, PAGE } from '../support/hostile-api.ts'
import { announcedSeed, Random } from '../support/scratch/random.ts'
import { ScratchProject } from '../support/scratch-project.ts'

const TAP = join(import.meta.dirname, '../support/tap.ts')
const POINTS = [
  'after-landing-rename',
  'between-chunks',
  'before-position',
  'before-commit',
  'after-commit',
  'during-checkpoint',
] as const
/** How much there is to read, at first and more each time. */
const SIZES = {
  small: { orders: PAGE + 100, eventDays: 2, tapDays: 300 },
  /** Enough for places on the way to go on from. */
  large: { orders: 4 * PAGE, eventDays: 6, tapDays: 3_000 },
}

/**
 * Kills builds that read a badly behaved API (short form and manifest, pages, cursors, children of parents, child tables) and a tap,
 * at the platform's fail points and at random, `kills` times; looks at the warehouse after each, and at the end.
 */
export function killedApis(kills: number, size: keyof typeof SIZES): void {
  describe('reads of APIs and taps', () => {
    it(`lose nothing and double nothing when they are killed, ${kills} times`, async () => {
      const random = new Random(announcedSeed('killed APIs'))
      const { orders, eventDays, tapDays } = SIZES[size]
      const shop = new HostileApi(random)
      const api = await FakeApi.start((request) => shop.answer(request))
      try {
        await using project = await ScratchProject.create('duckdb', 1, () => files(api.url, tapDays))
        shop.letTimePass(orders, eventDays)
        let days = tapDays
        for (let killed = 0, run = 0; killed < kills; run++) {
          const ended = await killOnce(project, random, run)
          if (ended.signal === 'SIGKILL') killed++
          // Half a document is an error; everything else that the API does is not.
          else if (ended.exitCode !== 0) expect(ended.stdout + ended.stderr).toContain('WW4413')
          await verify(project, shop, days, false)
          shop.letTimePass(orders / 4, 2)
          days += tapDays / 4
          await project.write('pipelines/tap.yml', tapPipeline(days))
        }
        shop.calmDown()
        const last = await project.build()
        expect(last.nodes.map(({ message }) => message).filter((message) => message !== '')).toEqual([])
        await verify(project, shop, days, true)
        await verifyLedgers(project)
      } finally {
        await api.close()
      }
    })
  })
}

async function killOnce(project: ScratchProject, random: Random, run: number) {
  if (run % 2 === 0) {
    const point = POINTS[(run / 2) % POINTS.length]!
    return project.run(['build'], `${point}:kill@${random.between(1, point === 'during-checkpoint' ? 1 : 4)}`)
  }
  const running = project.start(['build'])
  await Promise.race([sleep(random.between(300, 3_000)), running.ended])
  running.kill()
  return running.ended
}

/** What must hold at any moment: each row once, nothing that the source does not have, and no position ahead of the rows. */
async function verify(
  project: ScratchProject,
  shop: HostileApi,
  days: number,
  isOver: boolean,
): Promise<void> {
  await project.withWarehouse(async (warehouse) => {
    const read = (table: string, columns: string) => rowsOf(warehouse, table, columns)
    const states = await statesOf(warehouse)

    const orders = new Map<number, string>()
    for (const { id, updated_at } of await read(
      'raw.raw_shop_orders',
      'id, updated_at::text as updated_at',
    )) {
      expect(orders.has(Number(id)), `order ${id} is there once`).toBe(false)
      orders.set(Number(id), new Date(`${String(updated_at).replace(' ', 'T').slice(0, 19)}Z`).toISOString())
    }
    const since = isOver ? '9999' : (states.get('orders')?.['updated_at'] ?? '')
    const due = [...shop.orders.values()].filter(({ updated_at }) => updated_at < String(since))
    const behind = due.filter(({ id, updated_at }) => orders.get(id) !== new Date(updated_at).toISOString())
    expect(behind, 'orders before the position').toEqual([])

    const events = await read('raw.raw_shop_events', 'id')
    const ids = new Set(events.map(({ id }) => Number(id)))
    expect(ids.size, 'an event is there once').toBe(events.length)
    const until = isOver ? '9999' : (states.get('events')?.['at'] ?? '')
    expect(
      shop.events.filter(({ id, at }) => at < String(until) && !ids.has(id)),
      'events before the position',
    ).toEqual([])
    const tags = await read('raw.raw_shop_events__tags', '_parent_key')
    const wanted = shop.events.reduce((sum, { id, tags: own }) => sum + (ids.has(id) ? own.length : 0), 0)
    expect(tags, 'tags are those of the events').toHaveLength(wanted)

    for (const stream of ['things', 'others']) {
      const found = (await read(`raw.raw_shop_${stream}`, 'id')).map(({ id }) => Number(id))
      const known = new Set(found)
      expect(known.size, `a row of ${stream} is there once`).toBe(found.length)
      const day = isOver ? days : bookmark(states.get(stream), stream)
      const lost = Array.from({ length: day }, (_, index) => index + 1).filter((id) => !known.has(id))
      expect(lost, `rows of ${stream} before the state`).toEqual([])
    }
    if (!isOver) return
    expect(orders.size).toBe(shop.orders.size)
    expect(await read('raw.raw_shop_visits', 'visit')).toHaveLength(200)
  })
}

async function verifyLedgers(project: ScratchProject): Promise<void> {
  await project.withState(async (state) => {
    for (const { runId } of await state.runs({ limit: 10_000, tasks: false })) {
      for (const { node, ledger } of (await state.run(runId))?.tasks ?? []) {
        expect(ledger && imbalance(ledger), `the ledger of ${node} in run ${runId}`).toBeUndefined()
      }
    }
  })
}

async function rowsOf(warehouse: Executor, table: string, columns: string) {
  const [schema, name] = table.split('.')
  const there = await warehouse.rows(
    `select 1 from information_schema.tables where table_schema = '${schema}' and table_name = '${name}'`,
  )
  return there.length === 0 ? [] : await warehouse.rows(`select ${columns} from ${table}`)
}

/** What each stream goes on from. */
async function statesOf(
  warehouse: Executor,
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const rows = await rowsOf(warehouse, '_waterworks.positions', 'stream, position')
  return new Map(rows.map(({ stream, position }) => [String(stream), JSON.parse(String(position)).state]))
}

function bookmark(state: Readonly<Record<string, unknown>> | undefined, stream: string): number {
  const bookmarks = state?.['bookmarks'] as Readonly<Record<string, { readonly day: number }>> | undefined
  return bookmarks?.[`shop-${stream}`]?.day ?? 0
}

function files(url: string, days: number): Readonly<Record<string, string>> {
  return {
    'waterworks.yml': 'name: shop\n',
    'pipelines/orders.yml': `pipeline:
  name: orders
  extract:
    source_system: shop
    strategy: incremental
    requests:
      url: ${url}
      pages: {by: page, size: ${PAGE}, size_parameter: per}
      concurrency: 2
      streams:
        - {name: orders, path: orders, records: data, key: id, cursor: {field: updated_at, parameter: since, start: "2024-01-01T00:00:00Z"}}
        - {name: shops, path: shops, records: data, key: id, pages: {by: none}}
        - {name: visits, path: "shops/{{ stream_partition.id }}/visits", records: data, key: visit, pages: {by: none}, parent: {stream: shops, field: id}}
  load: {strategy: merge}
`,
    'pipelines/events.yml': `pipeline:
  name: events
  extract: {source_system: shop, strategy: incremental, manifest: events.yaml}
  load: {strategy: append, nested: tables}
`,
    'pipelines/tap.yml': tapPipeline(days),
    'events.yaml': manifest(url),
  }
}

function tapPipeline(days: number): string {
  return `pipeline:
  name: tap
  extract:
    source_system: shop
    tap: [${process.execPath}, ${TAP}]
    config: {days: ${days}, stateEvery: 100}
    streams: [things, others]
    strategy: incremental
  load: {strategy: append}
`
}

function manifest(url: string): string {
  return `version: 6.0.0
type: DeclarativeSource
check: {type: CheckStream, stream_names: [events]}
streams:
  - type: DeclarativeStream
    name: events
    primary_key: id
    schema_loader: {type: InlineSchemaLoader, schema: {type: object, properties: {id: {type: integer}}}}
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: at
      datetime_format: '%Y-%m-%dT%H:%M:%SZ'
      start_datetime: '2024-01-01T00:00:00Z'
      end_datetime: '2024-06-01T00:00:00Z'
      step: P2D
      cursor_granularity: PT1S
      start_time_option: {type: RequestOption, inject_into: request_parameter, field_name: from}
      end_time_option: {type: RequestOption, inject_into: request_parameter, field_name: to}
    retriever:
      type: SimpleRetriever
      requester: {type: HttpRequester, url_base: '${url}', path: /events, http_method: GET}
      record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [data]}}
      paginator:
        type: DefaultPaginator
        page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: after}
        pagination_strategy: {type: CursorPagination, cursor_value: "{{ response['next'] }}"}
`
}
