import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConnector } from '../../src/cli/compose/open-connector.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { loadProject } from '../../src/project/load-project.ts'
import { type ApiHandler, type ApiRequest, FakeApi } from '../support/fake-api.ts'
import { RunProject } from '../support/run-project.ts'

let api: FakeApi
let engine: DuckDbEngine
beforeAll(async () => {
  api = await FakeApi.start(() => ({ json: [] }))
  engine = new DuckDbEngine({ path: ':memory:' })
})
afterAll(async () => {
  await api.close()
  await engine.close()
})

const ALL = 7
const SECRET = `\${file:secret}`
const day = (id: number) => `2024-01-${String(id).padStart(2, '0')}T00:00:00Z`
const things = Array.from({ length: ALL }, (_, index) => ({ id: index + 1, updated_at: day(index + 1) }))
const ok = (json: unknown, headers: Readonly<Record<string, string>> = {}) => ({ json, headers })
const number = (text: string | undefined, otherwise: number) =>
  text === undefined ? otherwise : Number(text)

/** A project of one pipeline; `requests` is what stands below the key of that name, without the address. */
async function project(handler: ApiHandler, requests: unknown, more = ''): Promise<RunProject> {
  api.reset(handler)
  const place = await RunProject.create(engine, { secret: 's3cretvalue\n' })
  await place.write({ 'pipelines/api.yml': pipeline(requests, more) })
  return place
}

function pipeline(requests: unknown, more = ''): string {
  const written = JSON.stringify({ url: `${api.url}/v1`, ...(requests as object) }, null, 2)
  return `pipeline:
  name: api
  extract:
    source_system: shop
    strategy: ${more === '' ? 'full' : 'incremental'}
    requests: ${written.replaceAll('\n', '\n      ')}
  load: {strategy: ${more === '' ? 'truncate-reload' : more}}
`
}

async function idsOf(place: RunProject, table: string): Promise<readonly number[]> {
  return (await place.rows(`select id from raw.raw_shop_${table} order by all`)).map((row) =>
    Number(row['id']),
  )
}

const ids = things.map(({ id }) => id)
const stream = { name: 'things', path: 'things', records: 'data.items', key: 'id' }
const answer = (from: number, count: number, more: object = {}) =>
  ok({ data: { items: things.slice(from, from + count) }, ...more })

describe('pages', () => {
  const cases: readonly (readonly [string, object, ApiHandler, number])[] = [
    [
      'by number',
      { by: 'page', size: 3, size_parameter: 'per' },
      ({ query }) => answer((number(query['page'], 0) - 1) * Number(query['per']), 3),
      3,
    ],
    [
      'by offset',
      { by: 'offset', size: 3 },
      ({ query }) => answer(Number(query['offset']), Number(query['limit'])),
      3,
    ],
    [
      'by a cursor',
      { by: 'cursor', value: 'meta.next', parameter: 'after' },
      ({ query }) => {
        const from = number(query['after'], 0)
        return answer(from, 3, { meta: from + 3 < ALL ? { next: from + 3 } : {} })
      },
      3,
    ],
    [
      'by a cursor in the body',
      { by: 'cursor', value: 'next', parameter: 'page.after', more: 'more', in: 'body' },
      ({ body }) => {
        const from = JSON.parse(body || '{}').page?.after ?? 0
        return answer(from, 3, { next: from + 3, more: from + 3 < ALL })
      },
      3,
    ],
    [
      'by addresses in the answer',
      { by: 'next_url', value: 'links.next' },
      ({ query }) => {
        const from = number(query['from'], 0)
        return answer(from, 3, {
          links: from + 3 < ALL ? { next: `${api.url}/v1/things?from=${from + 3}` } : null,
        })
      },
      3,
    ],
    [
      'by the Link header',
      { by: 'link_header' },
      ({ query }) => {
        const from = number(query['from'], 0)
        const link = { link: `<${api.url}/v1/things?from=${from + 3}>; rel="next"` }
        return ok({ data: { items: things.slice(from, from + 3) } }, from + 3 < ALL ? link : {})
      },
      3,
    ],
    ['in one answer', { by: 'none' }, () => answer(0, ALL), 1],
  ]
  it.each(cases)('%s are asked for to their end', async (_how, pages, handler, requests) => {
    const method = 'in' in pages ? { method: 'POST' } : {}
    const place = await project(handler, { streams: [{ ...stream, ...method, pages }] })
    const built = await place.build()
    expect(built.node('api').message).toBe('')
    expect(await idsOf(place, 'things')).toEqual(ids)
    expect(built.node('api').ledger).toMatchObject({ extracted: ALL, inserted: ALL })
    expect(api.requests).toHaveLength(requests)
  })
})

describe('records that a server tells twice', () => {
  it('are appended once where the stream has a key, and counted', async () => {
    const pages = { by: 'page', size: 3 }
    const handler: ApiHandler = ({ query }) => {
      const from = (number(query['page'], 1) - 1) * 3
      return ok({ data: { items: things.slice(Math.max(0, from - 2), from + 3) } })
    }
    const cursor = { field: 'updated_at', start: '2024-01-01T00:00:00Z' }
    const place = await project(handler, { streams: [{ ...stream, pages, cursor }] }, 'append')
    const built = await place.build()
    expect(built.node('api')).toMatchObject({ message: '', ledger: { inserted: ALL, deduplicated: 4 } })
    expect(await idsOf(place, 'things')).toEqual(ids)
    await place.build()
    expect(await idsOf(place, 'things')).toEqual(ids)
  })
})

describe('what lets requests in', () => {
  const cases: readonly (readonly [string, object, (request: ApiRequest) => unknown, string])[] = [
    ['a token', { type: 'bearer', token: SECRET }, (r) => r.headers.authorization, 'Bearer s3cretvalue'],
    [
      'a password',
      { type: 'basic', username: 'ada', password: SECRET },
      (r) => r.headers.authorization,
      `Basic ${btoa('ada:s3cretvalue')}`,
    ],
    [
      'a key in a header',
      { type: 'api_key', api_key: SECRET, header: 'X-Key' },
      (r) => r.headers['x-key'],
      's3cretvalue',
    ],
    [
      'a key in a parameter',
      { type: 'api_key', api_key: SECRET, parameter: 'key' },
      (r) => r.query['key'],
      's3cretvalue',
    ],
  ]
  it.each(cases)('is %s', async (_what, auth, told, expected) => {
    const place = await project(() => answer(0, ALL), { auth, streams: [stream] })
    await place.build()
    expect(told(api.requests[0]!)).toBe(expected)
  })

  it('is a token of OAuth by client credentials', async () => {
    const auth = {
      type: 'oauth',
      endpoint: `${api.url}/token`,
      client_id: 'me',
      client_secret: SECRET,
      scopes: ['read', 'list'],
    }
    const place = await project(
      ({ path }) => (path === '/token' ? ok({ access_token: 'fresh', expires_in: 60 }) : answer(0, ALL)),
      { auth, streams: [stream] },
    )
    await place.build()
    const [token, first] = api.requests
    expect(Object.fromEntries(new URLSearchParams(token?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'me',
      client_secret: 's3cretvalue',
      scope: 'read list',
    })
    expect(first?.headers.authorization).toBe('Bearer fresh')
  })

  it('is refused where it is written out', async () => {
    const place = await project(() => answer(0, ALL), {
      auth: { type: 'bearer', token: 'plain' },
      streams: [stream],
    })
    expect(await problems(place)).toEqual(['WW1011'])
  })

  it('may stand in a header, where it comes from outside and is masked as well', async () => {
    const streams = [stream]
    const place = await project(() => answer(0, ALL), {
      headers: { authorization: `Token ${SECRET}`, 'X-Api-Key': SECRET },
      streams,
    })
    const { secrets } = await loadProject(place.root, { env: {} })
    expect(secrets).toContain('Token s3cretvalue')
    expect((await place.build()).node('api').status).toBe('success')
    expect(api.requests[0]?.headers.authorization).toBe('Token s3cretvalue')
    const env = { CREDENTIALS: 'abcdefgh' }
    const headers = { Authorization: `Bearer \${CREDENTIALS}` }
    await place.write({ 'pipelines/api.yml': pipeline({ headers, streams }) })
    expect((await loadProject(place.root, { env })).secrets).toContain('abcdefgh')
    const plain = { Authorization: 'Bearer abc', Cookie: 'id=1', 'X-Api-Key': 'abc' }
    await place.write({ 'pipelines/api.yml': pipeline({ headers: plain, streams }) })
    expect(await problems(place)).toEqual(['WW1011', 'WW1011', 'WW1011'])
  })
})

async function problems(place: RunProject): Promise<readonly string[]> {
  const diagnostics = await loadProject(place.root, { env: {} }).then(
    () => [],
    (error) => error.diagnostics,
  )
  return diagnostics.map(({ error }: { error: { code: string } }) => error.code)
}

describe('streams', () => {
  it('go on from their cursor', async () => {
    const cursor = { field: 'updated_at', parameter: 'since', start: '2024-01-01T00:00:00Z' }
    const since: ApiHandler = ({ query }) =>
      ok({ data: { items: things.filter((thing) => thing.updated_at >= (query['since'] ?? '')) } })
    const place = await project(since, { streams: [{ ...stream, cursor }] }, 'merge')
    await place.build()
    const again = await place.build()
    expect(api.requests.map(({ query }) => query['since'])).toEqual([day(1), day(ALL)])
    expect(again.node('api').ledger).toMatchObject({ extracted: 1, unchanged: 1 })
  })

  it('are told apart here where the API knows no parameter for it', async () => {
    const cursor = { field: 'updated_at', start: day(3) }
    const place = await project(() => answer(0, ALL), { streams: [{ ...stream, cursor }] }, 'append')
    await place.build()
    expect(await idsOf(place, 'things')).toEqual(ids.slice(2))
    await place.build()
    expect(await idsOf(place, 'things')).toEqual(ids.slice(2))
  })

  it('go on from a number', async () => {
    const cursor = { field: 'id', parameter: 'above', start: 0 }
    const above: ApiHandler = ({ query }) =>
      ok({ data: { items: things.filter(({ id }) => id > Number(query['above'])) } })
    const place = await project(above, { streams: [{ ...stream, cursor }] }, 'append')
    await place.build()
    await place.build()
    expect(await idsOf(place, 'things')).toEqual(ids)
    expect(api.requests.at(-1)?.query['above']).toBe(String(ALL))
  })

  it('ask for the records of each record of another, and keep what tells them as it is', async () => {
    const orders = [{ code: '1e5' }, { code: '007' }]
    const place = await project(
      ({ path }) =>
        path === '/v1/orders'
          ? ok(orders)
          : path.includes('007')
            ? { json: {}, status: 404 }
            : ok([
                { id: 1, of: path },
                { id: 2, of: path },
              ]),
      {
        streams: [
          { name: 'orders', path: 'orders', key: 'code' },
          {
            name: 'lines',
            path: 'orders/{{ stream_partition.order }}/lines',
            parent: { stream: 'orders', field: 'code', as: 'order' },
            ignored_statuses: [404],
            key: ['order', 'id'],
          },
        ],
      },
    )
    expect((await place.build()).node('api').message).toBe('')
    const rows = await place.rows('select "order", id, "of" from raw.raw_shop_lines order by all')
    expect(rows).toEqual([
      { order: '1e5', id: 1, of: '/v1/orders/1e5/lines' },
      { order: '1e5', id: 2, of: '/v1/orders/1e5/lines' },
    ])
  })

  it('send what is common and what is their own', async () => {
    const place = await project(() => answer(0, ALL), {
      headers: { Accept: 'application/json' },
      parameters: { per: 50 },
      rate_limit: { calls: 100, seconds: 1 },
      streams: [{ ...stream, parameters: { active: 'true' } }],
    })
    await place.build()
    expect(api.requests[0]?.query).toEqual({ per: '50', active: 'true' })
    expect(api.requests[0]?.headers.accept).toBe('application/json')
  })
})

describe('a query of GraphQL', () => {
  const query =
    'query Things($first: Int, $after: String) { things(first: $first, after: $after) { nodes{id} } }'
  const graphql = {
    name: 'things',
    graphql: { query, variables: { kind: 'x' } },
    records: 'data.things.nodes',
    key: 'id',
    pages: { by: 'page_info', path: 'data.things.pageInfo', size: 3 },
  }
  const page: ApiHandler = ({ body }) => {
    const { variables } = JSON.parse(body)
    const from = Number(variables.after ?? 0)
    const pageInfo = { endCursor: String(from + 3), hasNextPage: from + 3 < ALL }
    return ok({ data: { things: { nodes: things.slice(from, from + 3), pageInfo } } })
  }

  it('goes from cursor to cursor', async () => {
    const place = await project(page, { streams: [graphql] })
    expect((await place.build()).node('api').message).toBe('')
    expect(await idsOf(place, 'things')).toEqual(ids)
    expect(api.requests.map(({ body }) => JSON.parse(body))).toEqual([
      { query, variables: { kind: 'x', first: 3 } },
      { query, variables: { kind: 'x', first: 3, after: 3 } },
      { query, variables: { kind: 'x', first: 3, after: 6 } },
    ])
  })

  it('stands in a file, whatever is in it', async () => {
    const place = await project(page, {
      streams: [{ ...graphql, graphql: { file: 'things.graphql' } }],
    })
    const text = '{# {{ no template }} \nthings { nodes { id } } }'
    await place.write({ 'things.graphql': text })
    await place.build()
    expect(JSON.parse(api.requests[0]?.body ?? '').query).toBe(text)
  })

  const errors = [{ message: 'no such field', extensions: { code: 'BAD' } }]
  it('has failed where its answer has errors, whatever its status', async () => {
    const place = await project(() => ok({ data: { things: { nodes: things } }, errors }), {
      streams: [graphql],
    })
    expect((await place.build()).node('api').message).toMatch(/WW4412 .*no such field/)
  })

  it('keeps what came beside errors where it is told to', async () => {
    const partial = { ...graphql, graphql: { query, partial: 'keep' }, pages: { by: 'none' } }
    const place = await project(() => ok({ data: { things: { nodes: things } }, errors }), {
      streams: [partial],
    })
    expect((await place.build()).node('api').message).toBe('')
    expect(await idsOf(place, 'things')).toEqual(ids)
    api.reset(() => ok({ data: null, errors }))
    expect((await place.build()).node('api').status).toBe('failed')
  })

  it('waits where it is told that there were too many', async () => {
    let asked = 0
    const limited: ApiHandler = (request) =>
      ++asked === 1
        ? ok({ errors: [{ message: 'x', extensions: { code: 'THROTTLED' } }] }, { 'retry-after': '0' })
        : page(request)
    const place = await project(limited, { streams: [graphql] })
    expect((await place.build()).node('api').message).toBe('')
    expect(await idsOf(place, 'things')).toEqual(ids)
  })
})

describe('a short form that is wrong', () => {
  const cases: readonly (readonly [string, object, string])[] = [
    ['an unknown key', { streams: [{ ...stream, recrods: 'x' }] }, 'WW1004'],
    ['a way of paging that is not there', { streams: [{ ...stream, pages: { by: 'luck' } }] }, 'WW1007'],
    [
      'a parent that is not there',
      { streams: [{ ...stream, parent: { stream: 'x', field: 'id' } }] },
      'WW4403',
    ],
    ['its own parent', { streams: [{ ...stream, parent: { stream: 'things', field: 'id' } }] }, 'WW4403'],
    ['two of one name', { streams: [stream, stream] }, 'WW4403'],
    ['no query', { streams: [{ ...stream, graphql: {} }] }, 'WW1020'],
  ]
  it.each(cases)('is told of %s', async (_what, requests, code) => {
    const place = await project(() => ok([]), requests)
    expect(await problems(place)).toContain(code)
  })

  it('is told where in the pipeline it is wrong, also when that shows late', async () => {
    const cursor = { field: 'updated_at', start: 'yesterday' }
    const place = await project(() => answer(0, 1), { streams: [{ ...stream, cursor }] })
    const text = pipeline({ streams: [{ ...stream, cursor }] })
    const line = text.split('\n').findIndex((each) => each.includes('"cursor"')) + 1
    const loaded = await loadProject(place.root, { env: {} })
    const look = () => Promise.reject(new Error('no file is looked into'))
    const connector = await openConnector(loaded, loaded.pipelines[0]!, { look, tokens: look })
    await expect(connector.describe?.('things')).rejects.toMatchObject({
      location: { file: 'pipelines/api.yml', line: expect.closeTo(line, -0.5) },
    })
    await connector.close()
  })
})
