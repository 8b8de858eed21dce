import { describe, expect, it } from 'vitest'
import type { LandedPart } from '../../src/landing/landed-part.ts'
import { LandingZone } from '../../src/landing/landing-zone.ts'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { csvPipeline, RunProject } from '../support/run-project.ts'

const TABLE = 'raw.raw_shop_orders'
const DEAD_LETTER = 'error_handling: {strategy: dead-letter}'

describe.each(Object.keys(testEngines))('loads on %s', (name) => {
  const test = suiteEngine(name)
  let project: RunProject

  const create = async (csv: string, load: string, ...more: readonly string[]) => {
    project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': csvPipeline('orders', load, ...more),
      'in/orders-1.csv': csv,
    })
    return project.build()
  }
  /** Builds after one more file came. */
  const next = async (csv: string, file = 'in/orders-2.csv') => {
    await project.write({ [file]: csv })
    return project.build()
  }
  const table = (columns = '*', order = 'id') =>
    project.rows(`select ${columns} from ${TABLE} order by ${order}`)
  const reasons = async () =>
    (await project.rows('select reason from _waterworks.quarantine order by 1')).map((row) => row['reason'])

  describe('when columns change', () => {
    const policy = (text: string) => `append, schema_changes: ${text}`

    it('evolve adds a new column, NULL in the rows there were', async () => {
      await create('id,a\n1,x\n', policy('{columns: evolve}'))
      const ran = await next('id,a,b\n2,y,7\n')
      expect(ran.node('orders').ledger).toMatchObject({ inserted: 1 })
      expect(await table('id, a, b')).toEqual([
        { id: 1, a: 'x', b: null },
        { id: 2, a: 'y', b: 7 },
      ])
      expect(ran.events.find((event) => event.type === 'schema-changed')).toMatchObject({
        added: ['b'],
        removed: [],
        changed: [],
      })
    })

    it('names that differ only in letter case are two columns, or hold the load where they would be one', async () => {
      await create('id,a\n1,x\n', policy('evolve'))
      const ran = await next('id,A\n2,y\n')
      const { caseSensitiveNames } = test.engine.capabilities
      expect(ran.node('orders').status).toBe(caseSensitiveNames ? 'success' : 'failed')
      if (caseSensitiveNames) {
        expect(await table('id, "A"')).toEqual([
          { id: 1, A: null },
          { id: 2, A: 'y' },
        ])
        return
      }
      expect(ran.node('orders')).toMatchObject({
        message: expect.stringContaining('columns a and A differ only in letter case'),
        ledger: { held: 1 },
      })
      const stages = 'transform: {stages: [{name: clean, operations: [{rename: {A: a}}]}]}'
      await project.write({ 'pipelines/orders.yml': csvPipeline('orders', policy('evolve'), stages) })
      expect((await project.build()).node('orders').status).toBe('success')
      expect(await table('id, a')).toEqual([
        { id: 1, a: 'x' },
        { id: 2, a: 'y' },
      ])
    })

    it('freeze holds a load with a new column', async () => {
      await create('id,a\n1,x\n', policy('{columns: freeze}'))
      const ran = await next('id,a,b\n2,y,7\n')
      expect(ran.node('orders')).toMatchObject({
        status: 'failed',
        message: 'orders held: the schema changed: column b is added (bigint)',
        ledger: { extracted: 1, held: 1 },
      })
      expect(await table('id, a')).toEqual([{ id: 1, a: 'x' }])
    })

    it('discard_value leaves a new column behind, and says how many values that were', async () => {
      await create('id,a\n1,x\n', policy('{columns: discard_value}'))
      const ran = await next('id,a,b\n2,y,7\n3,z,\n')
      expect(ran.node('orders')).toMatchObject({ status: 'success', message: '1 value of b was left out' })
      expect(ran.events.find((event) => event.type === 'values-discarded')).toMatchObject({
        stream: 'orders',
        discarded: [{ column: 'b', what: 'values', count: 1 }],
      })
      expect((await table()).map((row) => Object.keys(row))).toEqual([
        ...Array(3).fill(['id', 'a', '_loaded_at', '_run_id']),
      ])
    })

    it('evolve leaves a missing column NULL', async () => {
      await create('id,a\n1,x\n', policy('{removed: evolve}'))
      const ran = await next('id\n2\n')
      expect(ran.status).toBe('success')
      expect(await table('id, a')).toEqual([
        { id: 1, a: 'x' },
        { id: 2, a: null },
      ])
    })

    it('freeze holds a load without a column', async () => {
      await create('id,a\n1,x\n', policy('{removed: freeze}'))
      const ran = await next('id\n2\n')
      expect(ran.node('orders').message).toBe('orders held: the schema changed: column a is removed')
      expect(await table('id, a')).toEqual([{ id: 1, a: 'x' }])
    })

    it('discard_row rejects the values that the type cannot hold, and takes the others', async () => {
      await create('id,a\n1,10\n', policy('{types: discard_row}'), DEAD_LETTER)
      const ran = await next('id,a\n2,20\n3,many\n')
      expect(ran.node('orders').ledger).toMatchObject({ extracted: 2, inserted: 1, rejected: 1 })
      expect(await table('id, a')).toEqual([
        { id: 1, a: 10 },
        { id: 2, a: 20 },
      ])
      expect(await reasons()).toHaveLength(1)
    })

    it('freeze holds a load with a value that the type cannot hold', async () => {
      await create('id,a\n1,10\n', policy('{types: freeze}'), DEAD_LETTER)
      const ran = await next('id,a\n2,20\n3,many\n')
      expect(ran.node('orders')).toMatchObject({ status: 'failed', ledger: { extracted: 2, held: 2 } })
      expect(await table('id, a')).toEqual([{ id: 1, a: 10 }])
      expect(await reasons()).toEqual([])
    })

    it('a value that a declared type cannot hold is a bad row in every load, whatever the policy', async () => {
      const declared = 'extract:, columns: {a: bigint}'
      const first = await create('id,a\n1,10\n9,none\n', policy('{types: freeze}'), DEAD_LETTER, declared)
      expect(first.node('orders').ledger).toMatchObject({ extracted: 2, inserted: 1, rejected: 1 })
      const ran = await next('id,a\n2,20\n3,many\n')
      expect(ran.node('orders').ledger).toMatchObject({ extracted: 2, inserted: 1, rejected: 1, held: 0 })
      expect(await table('id, a')).toEqual([
        { id: 1, a: 10 },
        { id: 2, a: 20 },
      ])
    })

    it('files that differ in the first load meet in a type that holds both', async () => {
      project = await RunProject.create(test.engine, {
        'pipelines/orders.yml': csvPipeline('orders', 'append'),
        'in/orders-1.csv': 'id,a,b\n1,10,2026-01-01\n',
        'in/orders-2.csv': 'id,a,c\n2,many,1.5\n',
      })
      const ran = await project.build()
      expect(ran.node('orders').ledger).toMatchObject({ extracted: 2, inserted: 2 })
      expect(await table('id, a, b, c')).toMatchObject([
        { id: 1, a: '10', b: '2026-01-01', c: null },
        { id: 2, a: 'many', b: null },
      ])
    })
  })

  describe('operations', () => {
    const transform = (operations: string) =>
      `transform: {stages: [{name: clean, operations: [${operations}]}]}`
    const loaded = async (csv: string, operations: string, columns: string) => {
      const ran = await create(csv, 'append', transform(operations), DEAD_LETTER)
      expect(ran.node('orders').message).toBe('')
      return { rows: await table(columns), ledger: ran.node('orders').ledger }
    }

    it.each([
      ['trim', 'id,a\n1,"  x "\n', 'trim', { a: 'x' }],
      ['trim of columns', 'id,a,b\n1,"  x "," y"\n', 'trim: [b]', { a: '  x ', b: 'y' }],
      ['lower', 'id,a\n1,AbC\n', 'lower: a', { a: 'abc' }],
      ['upper', 'id,a\n1,AbC\n', 'upper: a', { a: 'ABC' }],
      ['null_if', 'id,a\n1,none\n', 'null_if: {values: [none]}', { a: null }],
      ['null_if of a number', 'id,a\n1,-1\n', 'null_if: {columns: a, values: ["-1"]}', { a: null }],
      ['fill', 'id,a\n1,\n', 'fill: {a: unknown}', { a: 'unknown' }],
      ['cast', 'id,a\n1,2026-01-01\n', 'cast: {a: text}', { a: '2026-01-01' }],
      ['rename', 'id,a\n1,x\n', 'rename: {a: b}', { b: 'x' }],
      ['rename of two into one another', 'id,a,b\n1,x,y\n', 'rename: {a: b, b: a}', { a: 'y', b: 'x' }],
      ['derive', 'id,a\n1,4\n', 'derive: {column: b, expression: a * 2}', { a: 4, b: 8 }],
      ['derive over itself', 'id,a\n1,4\n', 'derive: {column: a, expression: a + 1}', { a: 5 }],
      ['map', 'id,a\n1,DE\n', 'map: {column: a, values: {DE: Germany}}', { a: 'Germany' }],
      ['map of a value it has not', 'id,a\n1,FR\n', 'map: {column: a, values: {DE: Germany}}', { a: 'FR' }],
    ])('%s', async (_, csv, operations, expected) => {
      const { rows } = await loaded(csv, operations, Object.keys(expected).join(', '))
      expect(rows).toEqual([expected])
    })

    it('drop', async () => {
      const { rows } = await loaded('id,a\n1,x\n', 'drop: a', '*')
      expect(rows.map((row) => Object.keys(row))).toEqual([['id', '_loaded_at', '_run_id']])
    })

    it('filter leaves out, and counts, rows that are not true, NULL among them', async () => {
      const { rows, ledger } = await loaded('id,a\n1,5\n2,-5\n3,\n', "filter: 'a > 0'", 'id, a')
      expect(rows).toEqual([{ id: 1, a: 5 }])
      expect(ledger).toMatchObject({ extracted: 3, inserted: 1, filtered: 2, rejected: 0 })
    })

    it('cast rejects what cannot be read as the type', async () => {
      const { rows, ledger } = await loaded('id,a\n1,5\n2,five\n3,\n', 'cast: {a: integer}', 'id, a')
      expect(rows).toEqual([
        { id: 1, a: 5 },
        { id: 3, a: null },
      ])
      expect(ledger).toMatchObject({ extracted: 3, inserted: 2, rejected: 1 })
      expect(await reasons()).toEqual([expect.stringContaining('column a: cannot be read as ')])
    })

    it('the first operation that decides over a row wins', async () => {
      const { ledger } = await loaded('id,a\n1,5\n2,five\n', "filter: 'id < 2', cast: {a: integer}", 'id, a')
      expect(ledger).toMatchObject({ inserted: 1, filtered: 1, rejected: 0 })
    })

    it.each([
      ['the whole row', 'id,a\n1,x\n1,x\n1,y\n', 'dedupe', ['x', 'y'], 1],
      ['keys, the last of which stays', 'id,a\n1,x\n1,z\n1,y\n', 'dedupe: id', ['y'], 2],
      [
        'keys, the latest of which stays',
        'id,a\n1,x\n1,z\n1,y\n',
        'dedupe: {keys: id, latest_by: a}',
        ['z'],
        2,
      ],
      ['keys before they are renamed', 'k,a\n1,x\n1,y\n', 'dedupe: k, rename: {k: id}', ['y'], 1],
      ['keys after they were renamed', 'k,a\n1,x\n1,y\n', 'rename: {k: id}, dedupe: id', ['y'], 1],
    ])('dedupe by %s', async (_, csv, operations, kept, deduplicated) => {
      const { rows, ledger } = await loaded(csv, operations, 'id, a')
      expect(rows.map((row) => row['a']).toSorted()).toEqual(kept)
      expect(ledger).toMatchObject({ deduplicated, inserted: kept.length })
    })

    it('dedupe by columns that are dropped afterwards', async () => {
      const { rows } = await loaded(
        'id,a,version\n1,new,2\n1,old,1\n',
        'dedupe: {keys: id, latest_by: version}, drop: version',
        'id, a',
      )
      expect(rows).toEqual([{ id: 1, a: 'new' }])
    })

    it.each([
      ['dedupe: {keys: id, latest_by: a}, filter: "a < 3"', []],
      ['filter: "a < 3", dedupe: {keys: id, latest_by: a}', [{ id: 1, a: 2 }]],
    ])('%s, in this order', async (operations, expected) => {
      const { rows, ledger } = await loaded('id,a\n1,1\n1,2\n1,3\n', operations, 'id, a')
      expect(rows).toEqual(expected)
      expect(ledger).toMatchObject({ extracted: 3, deduplicated: 2 - expected.length, filtered: 1 })
    })

    it('derive is not asked of rows that a filter left out', async () => {
      const { rows } = await loaded(
        'id,a\n1,0\n2,4\n',
        'filter: a <> 0, derive: {column: b, expression: 8 / a}',
        'id, b',
      )
      expect(rows).toEqual([{ id: 2, b: 2 }])
    })

    it('points at the operation that names a column which the rows do not have', async () => {
      const ran = await create('id,name\n1,x\n', 'append', transform('trim, upper: nmae'))
      expect(ran.node('orders')).toMatchObject({
        status: 'failed',
        message: expect.stringMatching(/^WW4304 .*no column "nmae".*"name".*pipelines\/orders\.yml:\d+:\d+/),
      })
    })

    it('dedupe of whole rows as they are at that point', async () => {
      const { rows } = await loaded('id,a\n1,x\n1,y\n1,y\n', 'dedupe, drop: a', 'id')
      expect(rows).toEqual([{ id: 1 }, { id: 1 }])
    })
  })

  describe('a merge', () => {
    const merge = 'merge, merge_keys: [id]'

    it('rejects rows whose key is NULL', async () => {
      const ran = await create('id,a\n1,x\n,y\n', merge, DEAD_LETTER)
      expect(ran.node('orders').ledger).toMatchObject({ extracted: 2, inserted: 1, rejected: 1 })
      expect(await reasons()).toEqual(['merge key id is null'])
    })

    it('keeps, of doubles in a load, the one with the greatest incremental key', async () => {
      await create('id,a,at\n1,x,1\n2,y,1\n', merge, 'extract:, incremental_key: at')
      const ran = await next('id,a,at\n1,newest,9\n1,older,3\n2,y,1\n3,z,2\n')
      expect(ran.node('orders').ledger).toMatchObject({
        extracted: 4,
        deduplicated: 1,
        updated: 1,
        unchanged: 1,
        inserted: 1,
        rows_before: 2,
        rows_after: 3,
      })
      expect(await table('id, a')).toEqual([
        { id: 1, a: 'newest' },
        { id: 2, a: 'y' },
        { id: 3, a: 'z' },
      ])
      expect(ran.events.find((event) => event.type === 'pipeline-recorded')?.record).toMatchObject({
        status: 'success',
        rows_extracted: 4,
        rows_transformed: 4,
        rows_loaded: 3,
        watermark_before: '1',
        watermark_after: '9',
      })
    })
  })

  it('holds a file of nothing until one comes that has columns, and counts it as what it is', async () => {
    const ran = await create('', 'append')
    expect(ran.node('orders')).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('in/orders-1.csv is empty'),
      ledger: { extracted: 0, held: 0 },
    })
    expect((await next('id,a\n1,x\n')).node('orders').ledger).toMatchObject({ extracted: 1, inserted: 1 })
  })

  it('refuses a rename onto a name that another column has, and publishes nothing', async () => {
    const stages = 'transform: {stages: [{name: clean, operations: [{rename: {a: b}}]}]}'
    const ran = await create('id,a,b\n1,x,y\n', 'append', stages)
    expect(ran.node('orders')).toMatchObject({ status: 'failed', message: expect.stringContaining('WW4303') })
  })

  describe('a history', () => {
    const scd2 = 'scd2, merge_keys: [id]'

    it('keeps a version per moment, late ones in their place, and rejects rows without one', async () => {
      await create('id,a,at\n1,x,2026-01-01 00:00:00\n', scd2, 'extract:, incremental_key: at', DEAD_LETTER)
      const ran = await next(
        'id,a,at\n1,z,2026-03-01 00:00:00\n1,y,2026-02-01 00:00:00\n1,y,2026-02-01 00:00:00\n2,n,\n3,m,2026-02-01 00:00:00\n',
      )
      expect(ran.node('orders').ledger).toMatchObject({
        extracted: 5,
        deduplicated: 1,
        rejected: 1,
        inserted: 1,
        updated: 2,
        physical_inserts: 3,
        rows_before: 1,
        rows_after: 4,
      })
      expect(await reasons()).toEqual(['effective_at at is null'])
      const day = (month: number) => `2026-0${month}-01T00:00:00`
      expect(await table('id, a, valid_from, valid_to, is_current', 'id, valid_from')).toEqual([
        { id: 1, a: 'x', valid_from: day(1), valid_to: day(2), is_current: false },
        { id: 1, a: 'y', valid_from: day(2), valid_to: day(3), is_current: false },
        { id: 1, a: 'z', valid_from: day(3), valid_to: '9999-12-31T00:00:00', is_current: true },
        { id: 3, a: 'm', valid_from: day(2), valid_to: '9999-12-31T00:00:00', is_current: true },
      ])
    })

    it('without a moment goes by what differs, and takes new columns', async () => {
      await create('id,a\n1,x\n2,y\n', scd2)
      const ran = await next('id,a,b\n1,x,\n2,z,new\n')
      expect(ran.node('orders').ledger).toMatchObject({
        extracted: 2,
        unchanged: 1,
        updated: 1,
        rows_after: 3,
      })
      expect(await table('id, a, b, is_current', 'id, valid_from')).toEqual([
        { id: 1, a: 'x', b: null, is_current: true },
        { id: 2, a: 'y', b: null, is_current: false },
        { id: 2, a: 'z', b: 'new', is_current: true },
      ])
    })
  })

  describe('files without a record that can be read', () => {
    const lines = (load: string) =>
      csvPipeline('orders', load, DEAD_LETTER).replace('in/orders*.csv', 'in/orders*.ndjson')
    const begin = async (load: string, text = '{"id": 1, "a": "x"}\n') => {
      project = await RunProject.create(test.engine, {
        'pipelines/orders.yml': lines(load),
        'in/orders-1.ndjson': text,
      })
      return project.build()
    }
    const unreadable = '{"id": 2, "a": "y"\n{"id": 3\n'

    it('bring their records to quarantine and nothing to the table, whose columns are known', async () => {
      await begin('append')
      const ran = await next(unreadable, 'in/orders-2.ndjson')
      expect(ran.node('orders').ledger).toMatchObject({ extracted: 2, rejected: 2, inserted: 0 })
      expect(await reasons()).toHaveLength(2)
      expect((await next('', 'in/orders-3.ndjson')).node('orders').status).toBe('success')
      expect(await table('id, a')).toEqual([{ id: 1, a: 'x' }])
    })

    it('are held where nothing says yet what the columns are', async () => {
      const ran = await begin('append', unreadable)
      expect(ran.node('orders').message).toBe(
        'orders held: nothing says what the columns are: no record of in/orders-1.ndjson can be read',
      )
      const then = await next('{"id": 1, "a": "x"}\n', 'in/orders-2.ndjson')
      expect(then.node('orders').ledger).toMatchObject({ extracted: 3, rejected: 2, inserted: 1 })
    })

    it.each(['truncate-reload', 'soft-delete, merge_keys: [id]'])(
      'do not empty a table by %s',
      async (load) => {
        await begin(load)
        const ran = await next(unreadable, 'in/orders-1.ndjson')
        expect(ran.node('orders').message).toBe(
          'orders held: it would leave nothing of what the table has: no record of in/orders-1.ndjson can be read',
        )
        expect(await table('id, a')).toEqual([{ id: 1, a: 'x' }])
      },
    )
  })

  describe('what was', () => {
    const at = 'extract:, incremental_key: at'
    const day = (month: number) => `2026-0${month}-01T00:00:00`

    it('a merge leaves out rows that are older than the table’s, and deletes what arrives as deleted', async () => {
      const load = 'merge, merge_keys: [id], deleted_when: "op = \'d\'"'
      await create('id,a,at,op\n1,x,5,u\n2,y,5,u\n', load, at)
      const ran = await next('id,a,at,op\n1,older,4,u\n2,y,6,d\n3,z,6,d\n')
      expect(ran.node('orders').ledger).toMatchObject({
        extracted: 3,
        deduplicated: 1,
        deleted: 1,
        unchanged: 1,
        inserted: 0,
      })
      expect(await table('id, a')).toEqual([{ id: 1, a: 'x' }])
    })

    it('soft-delete marks what the source has no more, and unmarks what comes back', async () => {
      await create('id,a\n1,x\n2,y\n', 'soft-delete, merge_keys: [id]')
      await project.write({ 'in/orders-1.csv': 'id,a\n1,x\n3,z\n' })
      const ran = await project.build()
      expect(ran.node('orders').ledger).toMatchObject({ extracted: 3, inserted: 1, unchanged: 1, deleted: 1 })
      const marked = () => table('id, a, _deleted_at is null as there')
      expect(await marked()).toEqual([
        { id: 1, a: 'x', there: true },
        { id: 2, a: 'y', there: false },
        { id: 3, a: 'z', there: true },
      ])
      await project.write({ 'in/orders-1.csv': 'id,a\n1,x\n2,back\n3,z\n' })
      await project.build()
      expect(await marked()).toContainEqual({ id: 2, a: 'back', there: true })
    })

    it('scd3 keeps the previous value of a column, also when versions come late', async () => {
      const load = 'scd3, merge_keys: [id], history: {columns: [a]}'
      await create('id,a,at\n1,x,2026-01-01 00:00:00\n1,z,2026-03-01 00:00:00\n', load, at)
      expect(await table('id, a, previous_a, previous_a_at')).toEqual([
        { id: 1, a: 'z', previous_a: 'x', previous_a_at: day(1) },
      ])
      const ran = await next('id,a,at\n1,y,2026-02-01 00:00:00\n2,n,2026-01-01 00:00:00\n')
      expect(ran.node('orders').ledger).toMatchObject({ inserted: 1, updated: 1, rows_after: 2 })
      expect(await table('id, a, previous_a, previous_a_at')).toEqual([
        { id: 1, a: 'z', previous_a: 'y', previous_a_at: day(2) },
        { id: 2, a: 'n', previous_a: null, previous_a_at: null },
      ])
    })

    it('scd4 keeps versions in a table beside it, which models read as a source', async () => {
      await versioned('scd4, merge_keys: [id]')
      expect(await table('id, a')).toEqual([{ id: 1, a: 'y' }])
      expect(
        await project.rows('select id, a, is_current from analytics.versions order by valid_from'),
      ).toEqual([
        { id: 1, a: 'x', is_current: false },
        { id: 1, a: 'y', is_current: true },
      ])
    })

    it('scd6 has the latest value in every version', async () => {
      await create(
        'id,a,at\n1,x,2026-01-01 00:00:00\n',
        'scd6, merge_keys: [id], history: {columns: [a]}',
        at,
      )
      await next('id,a,at\n1,y,2026-02-01 00:00:00\n')
      expect(await table('a, current_a, valid_from', 'valid_from')).toEqual([
        { a: 'x', current_a: 'y', valid_from: day(1) },
        { a: 'y', current_a: 'y', valid_from: day(2) },
      ])
    })

    async function versioned(load: string): Promise<void> {
      project = await RunProject.create(test.engine, {
        'pipelines/orders.yml': csvPipeline('orders', load, at),
        'in/orders-1.csv': 'id,a,at\n1,x,2026-01-01 00:00:00\n',
        'models/versions.sql':
          "{{ config(materialized='table') }} select * from {{ source('shop', 'orders_history') }}",
      })
      await project.build()
      await next('id,a,at\n1,y,2026-02-01 00:00:00\n')
    }

    it.each([
      ['scd3, merge_keys: [id]', 'does not say of which columns'],
      ['scd2, merge_keys: [id], history: {columns: [a]}', 'keeps all of them'],
      ['append, matched: insert-only', 'does not merge'],
      ['scd2, merge_keys: [id], deleted_when: "true"', 'cannot apply'],
      ['soft-delete', 'has no "merge_keys"'],
    ])('%s is refused', async (load, message) => {
      await expect(create('id,a\n1,x\n', load)).rejects.toMatchObject({
        diagnostics: [{ error: { code: 'WW1020', message: expect.stringContaining(message) } }],
      })
    })
  })

  it('counts rows that are later than the source says they can be', async () => {
    const lateness = 'extract:, event_time: at, max_lateness: 24h'
    await create('id,at\n1,2026-01-10 00:00:00\n', 'append', lateness)
    const ran = await next('id,at\n2,2026-01-08 23:59:59\n3,2026-01-09 00:00:00\n4,2026-01-11 00:00:00\n')
    expect(ran.node('orders').ledger).toMatchObject({ extracted: 3, inserted: 3, late: 1 })
  })

  it('loads a dropped table anew, once', async () => {
    await create('id\n1\n2\n', 'append')
    await project.execute(`drop table ${TABLE}`)
    expect((await project.build()).node('orders').ledger).toMatchObject({ extracted: 2, inserted: 2 })
    expect((await project.build()).node('orders').ledger).toMatchObject({ extracted: 0, inserted: 0 })
    expect(await table('id')).toEqual([{ id: 1 }, { id: 2 }])
  })

  it("runs the graph's checks of a table that gets nothing new", async () => {
    await create('id\n1\n2\n', 'append')
    const check = (least: number) => ({
      'models/sources.yml': `sources:\n  - name: shop\n    tables:\n      - name: orders\n        tests: [{row_count: {name: enough, min: ${least}}}]\n`,
    })
    await project.write(check(2))
    const good = await project.build()
    expect(good.node('orders')).toMatchObject({ status: 'success', published: [] })
    expect(good.node('orders').checks).toMatchObject([{ name: 'enough', status: 'pass' }])
    await project.write(check(3))
    const bad = await project.build()
    expect(bad.node('orders').status).toBe('failed')
    expect(bad.node('orders').checks).toMatchObject([{ name: 'enough', status: 'fail' }])
    expect(await table('id')).toHaveLength(2)
  })

  it('does not load again what was committed before an attempt failed', async () => {
    project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': csvPipeline(
        'orders',
        'append',
        'error_handling: {strategy: retry, retry_delay_seconds: 0}',
      ),
      // Loaded before, so that the run looks which tables there are while there is none of orders.
      'pipelines/early.yml': csvPipeline('early', 'append'),
      'in/early-1.csv': 'id\n1\n',
    })
    await project.build({ select: ['early'] })
    await project.write({ 'in/orders-1.csv': 'id\n1\n2\n' })
    const landing = new BusyOnce({ directory: `${project.root}/landing` })
    const ran = await project.build({ change: () => ({ landing }) })
    expect(ran.node('orders').status).toBe('success')
    const attempts = ran.events.filter(
      (event) => event.type === 'task-started' && event.node === ran.node('orders').node,
    )
    expect(attempts).toHaveLength(2)
    expect(await table('id')).toEqual([{ id: 1 }, { id: 2 }])
  })
})

/** A landing zone whose first part cannot be removed yet. */
class BusyOnce extends LandingZone {
  #wasBusy = false

  override async remove(part: LandedPart): Promise<void> {
    if (this.#wasBusy) return super.remove(part)
    this.#wasBusy = true
    throw Object.assign(new Error('the file is busy'), { code: 'EBUSY' })
  }
}
