import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { streamOf } from '../connectors/airbyte/scenario.ts'
import { type ApiHandler, type ApiReply, FakeApi } from '../support/fake-api.ts'
import { RunProject } from '../support/run-project.ts'

const PAGE = 3
const PAGES = 4
const day = (id: number) => `2024-01-${String(id).padStart(2, '0')}T00:00:00Z`
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: from + index,
    updated_at: day(from + index),
    name: 'x',
  }))

/** An API of twelve things in pages of three; `misbehave` may answer in place of it. */
function pages(
  misbehave: (page: number, asked: number) => ApiReply | undefined = () => undefined,
): ApiHandler {
  const asked = new Map<number, number>()
  return ({ query }) => {
    const page = Number(query['page'] ?? 1)
    asked.set(page, (asked.get(page) ?? 0) + 1)
    const since = query['since'] ?? ''
    const known = rows((page - 1) * PAGE + 1, page < PAGES ? PAGE : PAGE - 1).filter(
      (row) => row.updated_at >= since,
    )
    return misbehave(page, asked.get(page) ?? 0) ?? { json: { data: known, more: page < PAGES } }
  }
}
const EXPECTED = PAGE * PAGES - 1

const stream = streamOf({
  requester: {
    error_handler: {
      type: 'DefaultErrorHandler',
      max_retries: 3,
      backoff_strategies: [{ type: 'ConstantBackoffStrategy', backoff_time_in_seconds: 0.01 }],
    },
    read_timeout_in_seconds: 0.4,
  },
  retriever: {
    paginator: {
      type: 'DefaultPaginator',
      page_token_option: { type: 'RequestOption', inject_into: 'request_parameter', field_name: 'page' },
      pagination_strategy: {
        type: 'CursorPagination',
        cursor_value: '{{ (response.data[0].id // 3) + 2 }}',
        stop_condition: '{{ not response.more }}',
      },
    },
  },
  stream: {
    incremental_sync: {
      type: 'DatetimeBasedCursor',
      cursor_field: 'updated_at',
      datetime_format: '%Y-%m-%dT%H:%M:%SZ',
      start_datetime: '2024-01-01T00:00:00Z',
    },
  },
})

let api: FakeApi
let engine: DuckDbEngine
beforeAll(async () => {
  api = await FakeApi.start(pages())
  engine = new DuckDbEngine({ path: ':memory:' })
})
afterAll(async () => {
  await api.close()
  await engine.close()
})
beforeEach(() => api.reset(pages()))

async function project(extract = 'strategy: incremental', load = 'strategy: append'): Promise<RunProject> {
  return RunProject.create(engine, {
    'things.yaml': JSON.stringify({
      version: '6.0.0',
      type: 'DeclarativeSource',
      check: { type: 'CheckStream', stream_names: ['things'] },
      streams: [stream],
      spec: {
        type: 'Spec',
        connection_specification: {
          type: 'object',
          required: ['url'],
          properties: { url: { type: 'string' } },
        },
      },
    }),
    'pipelines/things.yml': `pipeline:
  name: things
  extract: {source_system: api, manifest: things.yaml, config: {url: "${api.url}"}, ${extract}}
  load: {${load}}
`,
  })
}

async function ids(): Promise<readonly number[]> {
  const session = await engine.connect()
  try {
    const found = await session.rows('select id from raw.raw_api_things order by id')
    return found.map((row) => Number(row['id']))
  } finally {
    await session.close()
  }
}
const all = Array.from({ length: EXPECTED }, (_, index) => index + 1)

describe('an API that behaves badly', () => {
  const half = JSON.stringify({ data: rows(4, 3), more: true }).slice(0, 60)
  const cases: readonly (readonly [string, (page: number, asked: number) => ApiReply | undefined])[] = [
    [
      'limits the rate',
      (page, asked) =>
        page === 2 && asked < 3 ? { json: {}, status: 429, headers: { 'retry-after': '0' } } : undefined,
    ],
    [
      'fails for a moment',
      (page, asked) => (page > 1 && asked === 1 ? { json: {}, status: 503 } : undefined),
    ],
    ['cuts connections', (page, asked) => (page === 3 && asked === 1 ? { cut: half } : undefined)],
    ['falls silent', (page, asked) => (page === 2 && asked === 1 ? { silence: true } : undefined)],
  ]
  it.each(cases)('is read whole where it %s', async (_what, misbehave) => {
    api.reset(pages(misbehave))
    const built = await (await project()).build()
    expect(built.node('things').message).toBe('')
    expect(await ids()).toEqual(all)
    expect(built.node('things').ledger).toMatchObject({ extracted: EXPECTED, inserted: EXPECTED })
  })

  it('does not take half an answer for a whole one, and goes on where it stopped', async () => {
    const place = await project()
    api.reset(pages((page) => (page === 3 ? { body: half } : undefined)))
    const failed = await place.build()
    expect(failed.node('things')).toMatchObject({ status: 'failed' })
    expect(failed.node('things').message).toContain('WW4413')
    api.reset(pages())
    await place.build()
    expect(await ids()).toEqual(all)
  })

  it('says what failed without saying what it was asked with', async () => {
    api.reset(pages(() => ({ json: { secret: 'rowvalue' }, status: 403 })))
    const built = await (await project()).build()
    expect(built.node('things').message).toMatch(
      /WW4412 .*GET http:\/\/127\.0\.0\.1:\d+\/things answered 403/,
    )
    expect(built.node('things').message).not.toContain('rowvalue')
  })

  it('brings pages that repeat once each, by key', async () => {
    api.reset(
      pages((page) =>
        page === 2 ? { json: { data: [...rows(4, 3), ...rows(1, 3)], more: true } } : undefined,
      ),
    )
    const built = await (await project('strategy: incremental', 'strategy: merge')).build()
    expect(await ids()).toContain(5)
    expect(new Set(await ids()).size).toBe((await ids()).length)
    expect(built.node('things').ledger?.deduplicated).toBeGreaterThan(0)
  })

  it('gives up pages that lead to themselves', async () => {
    api.reset(pages((page) => (page === 2 ? { json: { data: rows(1, 3), more: true } } : undefined)))
    const built = await (await project()).build()
    expect(built.node('things').message).toContain('WW4417')
  })

  it('adds columns that appear, and keeps values of another kind', async () => {
    api.reset(
      pages((page) =>
        page === 2
          ? {
              json: {
                data: rows(4, 3).map((row) => ({ ...row, name: { nested: row.id }, extra: 1.5 })),
                more: true,
              },
            }
          : undefined,
      ),
    )
    const built = await (await project()).build()
    expect(built.node('things').message).toBe('')
    expect(await ids()).toEqual(all)
    const session = await engine.connect()
    const found = await session.rows(
      'select count(extra) as extra, count(name) as names from raw.raw_api_things',
    )
    await session.close()
    expect(found.map((row) => [Number(row['extra']), Number(row['names'])])).toEqual([[3, EXPECTED]])
  })
})

describe('streams that are read again', () => {
  it('adds nothing twice', async () => {
    const place = await project()
    await place.build()
    const again = await place.build()
    expect(await ids()).toEqual(all)
    expect(again.node('things').ledger?.inserted).toBe(0)
  })

  it('replaces a table as a whole', async () => {
    const place = await project('strategy: full', 'strategy: truncate-reload')
    await place.build()
    await place.build()
    expect(await ids()).toEqual(all)
  })
})
