import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { loadProject } from '../../src/project/load-project.ts'
import { RunProject } from '../support/run-project.ts'

const TAP = join(import.meta.dirname, '../support/tap.ts')

let engine: DuckDbEngine
beforeAll(() => {
  engine = new DuckDbEngine({ path: ':memory:' })
})
afterAll(() => engine.close())

interface Wish {
  readonly config?: Readonly<Record<string, unknown>>
  readonly extract?: string
  readonly load?: string
  readonly streams?: string
}

async function project(wish: Wish = {}): Promise<RunProject> {
  const place = await RunProject.create(engine, { token: 's3cretvalue\n' })
  await place.write({ 'pipelines/tap.yml': pipeline(place, wish) })
  return place
}

function pipeline(
  { root }: RunProject,
  {
    config = {},
    extract = 'strategy: incremental',
    load = 'strategy: merge',
    streams = '[things, others]',
  }: Wish,
): string {
  const given = { days: 20, diary: join(root, 'diary'), ...config }
  return `pipeline:
  name: tap
  extract:
    source_system: shop
    tap: [${process.execPath}, ${TAP}]
    config: {token: "\${file:token}", ${JSON.stringify(given).slice(1, -1)}}
    streams: ${streams}
    silence_seconds: 5
    ${extract}
  load: {${load}}
`
}

const days = (count: number, from = 1) => Array.from({ length: count }, (_, index) => index + from)

async function ids(place: RunProject, table: string): Promise<readonly number[]> {
  const rows = await place.rows(`select id from raw.raw_shop_${table} order by id`)
  return rows.map((row) => Number(row['id']))
}

interface Start {
  readonly mode: string
  readonly configFile: string
  readonly state: { readonly bookmarks?: Readonly<Record<string, { readonly day: number }>> }
}

/** What the tap was started with, each time that it brought records. */
async function starts(place: RunProject): Promise<readonly Start[]> {
  const text = await readFile(join(place.root, 'diary'), 'utf8')
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}

describe('a tap', () => {
  it('brings several streams in one run, typed by their schemas', async () => {
    const place = await project()
    const built = await place.build()
    expect(built.node('tap')).toMatchObject({ status: 'success', message: '' })
    expect(built.node('tap').ledger).toMatchObject({ extracted: 40, inserted: 40 })
    expect(await ids(place, 'things')).toEqual(days(20))
    expect(await ids(place, 'others')).toEqual(days(20))
    const columns = await place.rows(
      `select column_name as name, data_type as type from information_schema.columns
       where table_name = 'raw_shop_things' and column_name not like '\\_%' escape '\\' order by ordinal_position`,
    )
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'id BIGINT',
      'day TIMESTAMP WITH TIME ZONE',
      'name VARCHAR',
      'amount DOUBLE',
    ])
    expect(await starts(place)).toHaveLength(1)
  })

  it('goes on from its state, and brings the last row again without doubling it', async () => {
    const place = await project()
    await place.build()
    await place.write({ 'pipelines/tap.yml': pipeline(place, { config: { days: 23 } }) })
    const built = await place.build()
    expect(built.node('tap').ledger).toMatchObject({ extracted: 8, inserted: 6, unchanged: 2 })
    expect((await starts(place))[1]?.state.bookmarks).toEqual({
      'shop-things': { day: 20 },
      'shop-others': { day: 20 },
    })
    expect(await ids(place, 'things')).toEqual(days(23))
  })

  it('appends what is new, each row once', async () => {
    const place = await project({ load: 'strategy: append' })
    await place.build()
    await place.write({
      'pipelines/tap.yml': pipeline(place, { config: { days: 23 }, load: 'strategy: append' }),
    })
    await place.build()
    expect(await ids(place, 'others')).toEqual(days(23))
  })

  it('is read whole, and replaces the table', async () => {
    const wish = { extract: 'strategy: full', load: 'strategy: truncate-reload' }
    const place = await project(wish)
    await place.build()
    await place.write({ 'pipelines/tap.yml': pipeline(place, { ...wish, config: { days: 3 } }) })
    await place.build()
    expect(await ids(place, 'things')).toEqual(days(3))
    expect((await starts(place))[1]?.state).toEqual({})
  })

  it('brings the properties that are named, and those that always come', async () => {
    const place = await project({ streams: '[{stream: things, as: stuff, properties: [nested]}]' })
    await place.build()
    const rows = await place.rows('select * exclude (_loaded_at, _run_id) from raw.raw_shop_stuff limit 1')
    // The replication key comes as well: bookmarks go by it.
    expect(Object.keys(rows[0] ?? {})).toEqual(['id', 'day', 'nested'])
  })

  it('brings records of files', async () => {
    const place = await project()
    await place.write({
      'pipelines/tap.yml': pipeline(place, { config: { batch: join(place.root, 'batch') } }),
    })
    const built = await place.build()
    expect(built.node('tap')).toMatchObject({ message: '', ledger: { extracted: 40 } })
    expect(await ids(place, 'things')).toEqual(days(20))
  })

  it('says when it has read a table anew and the rows of before stay', async () => {
    const wish = { extract: 'strategy: incremental', config: { version: 1 } }
    const place = await project(wish)
    expect((await place.build()).node('tap').message).toBe('')
    await place.write({ 'pipelines/tap.yml': pipeline(place, { ...wish, config: { version: 2 } }) })
    const built = await place.build()
    expect(built.node('tap')).toMatchObject({ status: 'success' })
    expect(built.node('tap').message).toContain('deletions of things')
  })
})

describe('what a tap is given', () => {
  it('lies in files that nobody else may read, and that go with it', async () => {
    const place = await project()
    await place.build()
    const [start] = await starts(place)
    expect(start?.mode).toBe('600')
    expect(existsSync(start?.configFile ?? '')).toBe(false)
    expect(await readdir(join(place.root, '.waterworks/taps'))).toEqual([])
  })

  it('is masked in its log', async () => {
    const place = await project({ config: { misbehave: { what: 'exit', after: 4 } } })
    const built = await place.build()
    expect(built.node('tap').message).toContain('WW4502')
    expect(built.node('tap').message).toContain('.waterworks/logs/taps/tap.log')
    const log = await readFile(join(place.root, '.waterworks/logs/taps/tap.log'), 'utf8')
    expect(log).toContain('CRITICAL 401 for token ***')
    expect(log + JSON.stringify(built.events)).not.toContain('s3cretvalue')
  })

  it('shows in its log only that something was said, where personal data is treated', async () => {
    const extract = `strategy: incremental
    personal: {name: {kind: name}}`
    const place = await project({ extract, config: { misbehave: { what: 'exit', after: 4 } } })
    await place.build()
    const log = await readFile(join(place.root, '.waterworks/logs/taps/tap.log'), 'utf8')
    expect(log).toMatch(/^INFO \(\d+ characters withheld: personal data is treated\)$/m)
    expect(log).toMatch(/^CRITICAL \(\d+ characters withheld/m)
    expect(log).not.toContain('token')
    await place.write({
      'pipelines/tap.yml': pipeline(place, { extract: `${extract}\n    tap_log: keep` }),
    })
    await place.build()
    expect(await readFile(join(place.root, '.waterworks/logs/taps/tap.log'), 'utf8')).toContain(
      'INFO starting with token ***',
    )
  })

  it('comes from outside of the file where it is secret', async () => {
    const place = await project()
    await place.write({ 'pipelines/tap.yml': pipeline(place, {}).replace(/"\$\{file:token\}"/, 'plain') })
    const problems = await loadProject(place.root, { env: {} }).catch((error) => error.diagnostics)
    expect(problems.map(({ error }: { error: { code: string } }) => error.code)).toEqual(['WW1011'])
  })
})

describe('a tap that behaves badly', () => {
  const cases = [
    ['writes junk', 'junk', 'WW4504'],
    ['ends with an error', 'exit', 'WW4502'],
    ['is killed in the middle of a record', 'die', 'WW4502'],
    ['ends in the middle of a record', 'half', 'WW4504'],
    ['writes a message of no known type', 'unknown', 'WW4504'],
  ] as const
  it.each(cases)('loses nothing and doubles nothing when it %s', async (_how, what, code) => {
    const load = 'strategy: append'
    // Enough records for states on the way that are worth a place to go on from.
    const config = { days: 4000, stateEvery: 50 }
    const place = await project({ load, config: { ...config, misbehave: { what, after: 7001 } } })
    const failed = await place.build()
    expect(failed.node('tap')).toMatchObject({ status: 'failed' })
    expect(failed.node('tap').message).toContain(code)
    expect(failed.node('tap').message).not.toContain('rowvalue')
    await place.write({ 'pipelines/tap.yml': pipeline(place, { load, config }) })
    const built = await place.build()
    expect(built.node('tap')).toMatchObject({ status: 'success' })
    expect((await starts(place))[1]?.state.bookmarks?.['shop-things']?.day).toBe(2500)
    expect(await ids(place, 'things')).toEqual(days(4000))
    expect(await ids(place, 'others')).toEqual(days(4000))
  })

  it('is ended when it falls silent', async () => {
    const place = await project({ config: { misbehave: { what: 'silence', after: 4 } } })
    await place.write({
      'pipelines/tap.yml': pipeline(place, {
        config: { misbehave: { what: 'silence', after: 4 } },
      }).replace('silence_seconds: 5', 'silence_seconds: 0.7'),
    })
    expect((await place.build()).node('tap').message).toContain('WW4503')
  })

  it('keeps its state when it tells an empty one', async () => {
    const misbehave = { what: 'empty state', after: 40 }
    const place = await project({ config: { stateEvery: 7, misbehave } })
    await place.build()
    await place.build()
    expect((await starts(place))[1]?.state.bookmarks?.['shop-things']).toEqual({ day: 20 })
  })

  it('is told when it is not there', async () => {
    const place = await project()
    await place.write({
      'pipelines/tap.yml': pipeline(place, {}).replace(/tap: \[.*\]/, 'tap: tap-that-is-nowhere'),
    })
    expect((await place.build()).node('tap').message).toContain('WW4501')
  })

  it('is told what it does not have', async () => {
    const place = await project({ streams: '[thing]' })
    expect((await place.build()).node('tap').message).toMatch(/WW4505 .*"thing"/)
  })
})

describe('streams that have come to different places', () => {
  it('each go on from their own bookmark', async () => {
    const place = await project({ streams: '[things]' })
    await place.build()
    await place.write({ 'pipelines/tap.yml': pipeline(place, { config: { days: 22 } }) })
    const built = await place.build()
    expect(built.node('tap').ledger).toMatchObject({ extracted: 3 + 22 })
    expect(await ids(place, 'others')).toEqual(days(22))
  })

  it('begin at the earliest where the state has no bookmarks, and double nothing', async () => {
    const wish = { config: { opaque: true }, load: 'strategy: append' }
    const place = await project({ ...wish, streams: '[things]' })
    await place.build()
    await place.write({ 'pipelines/tap.yml': pipeline(place, wish) })
    await place.build()
    expect(await ids(place, 'things')).toEqual(days(20))
    expect(await ids(place, 'others')).toEqual(days(20))
    await place.build()
    expect(await ids(place, 'things')).toEqual(days(20))
  })
})
