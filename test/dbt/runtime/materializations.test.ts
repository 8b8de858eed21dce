import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DbtHarness } from '../../support/dbt-harness.ts'
import { type TestEngine, testEngines } from '../../support/engines.ts'

describe.each(Object.keys(testEngines))('materializations on %s', (name) => {
  let engine: TestEngine
  let harness: DbtHarness

  beforeAll(async () => {
    engine = await testEngines[name]!()
  })
  beforeEach(async () => {
    harness = await DbtHarness.open(engine.engine)
    return () => harness.close()
  })
  afterAll(() => engine.close())

  const tables = () =>
    harness
      .rows(
        "select table_name, table_type from information_schema.tables where table_schema = 'lab' order by 1",
      )
      .then((rows) => rows.map((row) => `${row['table_name']} ${row['table_type']}`))

  describe.each(['gated', 'immediately'] as const)('%s', (mode) => {
    it('make tables and views, one in the place of the other', async () => {
      const table = { materialized: 'table' }
      const built = await harness.build({ sql: 'select 1 as a', config: table }, mode)
      expect(built.relations).toEqual([harness.relation('m')])
      await harness.build({ sql: 'select 2 as a', config: table }, mode)
      expect(await harness.rows('select a from lab.m')).toEqual([{ a: 2 }])
      await harness.build({ sql: 'select 3 as a', config: { materialized: 'view' } }, mode)
      expect(await harness.rows('select a from lab.m')).toEqual([{ a: 3 }])
      expect(await tables()).toEqual(['m VIEW'])
      await harness.build({ sql: 'select 4 as a', config: table }, mode)
      await harness.build({ sql: 'select 4 as a', config: table }, mode)
      expect(await harness.rows('select a from lab.m')).toEqual([{ a: 4 }])
      expect(await tables()).toEqual(['m BASE TABLE'])
    })

    it('leave the last version where a query fails', async () => {
      await harness.build({ sql: 'select 1 as a', config: { materialized: 'table' } }, mode)
      const broken = { sql: 'select 1 / a from nothing_there', config: { materialized: 'table' } }
      await expect(harness.build(broken, mode)).rejects.toMatchObject({ code: 'WW3001' })
      expect(await harness.rows('select a from lab.m')).toEqual([{ a: 1 }])
    })

    it('run hooks before and after, inside the transaction and out', async () => {
      await harness.session.execute('create table lab.told (what varchar)')
      const say = (what: string, transaction: boolean) => ({
        sql: `insert into lab.told select '${what} {{ this.identifier }}'`,
        transaction,
      })
      await harness.build(
        {
          sql: 'select 1 as a',
          config: {
            materialized: 'table',
            'pre-hook': [say('first', false), say('second', true)],
            'post-hook': [say('third', true), say('fourth', false)],
          },
        },
        mode,
      )
      expect((await harness.rows('select what from lab.told')).map((row) => row['what'])).toEqual([
        'first m',
        'second m',
        'third m',
        'fourth m',
      ])
    })

    const incremental = (config: Readonly<Record<string, unknown>>) => ({
      materialized: 'incremental',
      ...config,
    })

    it.each([
      ['append', ['1 a', '1 b', '2 c']],
      ['delete+insert', ['1 b', '2 c']],
      ['merge', ['1 b', '2 c']],
    ])('add to a table by %s', async (strategy, expected) => {
      const config = incremental({ incremental_strategy: strategy, unique_key: 'id' })
      await harness.build({ sql: "select 1 as id, 'a' as v", config }, mode)
      const { main } = await harness.build(
        { sql: "select 1 as id, 'b' as v union all select 2, 'c'", config },
        mode,
      )
      expect(main?.message).not.toBe('')
      const rows = await harness.rows('select id, v from lab.m order by id, v')
      expect(rows.map((row) => `${row['id']} ${row['v']}`)).toEqual(expected)
      expect(await tables()).toEqual(['m BASE TABLE'])
    })

    it('take keys of several columns and predicates', async () => {
      for (const strategy of ['delete+insert', 'merge']) {
        const config = incremental({ incremental_strategy: strategy, unique_key: ['a', 'b'] })
        await harness.build({ name: 'k', sql: "select 1 as a, 1 as b, 'x' as v", config }, mode)
        await harness.build(
          { name: 'k', sql: "select 1 as a, 1 as b, 'y' as v union all select 1, 2, 'z'", config },
          mode,
        )
        const rows = await harness.rows('select a, b, v from lab.k order by 1, 2')
        expect(rows).toEqual([
          { a: 1, b: 1, v: 'y' },
          { a: 1, b: 2, v: 'z' },
        ])
      }
    })

    it('update and leave out columns in a merge', async () => {
      const config = incremental({ incremental_strategy: 'merge', unique_key: 'id' })
      await harness.build({ sql: "select 1 as id, 'a' as v, 'a' as w", config }, mode)
      const some = { ...config, merge_exclude_columns: ['w'] }
      await harness.build({ sql: "select 1 as id, 'b' as v, 'b' as w", config: some }, mode)
      expect(await harness.rows('select * from lab.m')).toEqual([{ id: 1, v: 'b', w: 'a' }])
      const other = { ...config, merge_update_columns: ['w'] }
      await harness.build({ sql: "select 1 as id, 'c' as v, 'c' as w", config: other }, mode)
      expect(await harness.rows('select * from lab.m')).toEqual([{ id: 1, v: 'b', w: 'c' }])
    })

    it('follow on_schema_change', async () => {
      const config = (on_schema_change: string) => incremental({ on_schema_change, unique_key: 'id' })
      await harness.build({ sql: 'select 1 as id, 1 as a', config: config('ignore') }, mode)
      await harness.build({ sql: 'select 2 as id, 2 as a, 2 as b', config: config('ignore') }, mode)
      expect(await harness.rows('select * from lab.m order by id')).toEqual([
        { id: 1, a: 1 },
        { id: 2, a: 2 },
      ])
      const changed = { sql: 'select 3 as id, 3 as a, 3 as b', config: config('fail') }
      await expect(harness.build(changed, mode)).rejects.toMatchObject({
        code: 'WW2101',
        message: expect.stringContaining('New: b.'),
      })
      await harness.build({ ...changed, config: config('append_new_columns') }, mode)
      expect(await harness.rows('select * from lab.m where id = 3')).toEqual([{ id: 3, a: 3, b: 3 }])
      const fewer = { sql: 'select 4 as id, 4 as b', config: config('sync_all_columns') }
      await harness.build(fewer, mode)
      expect(await harness.rows('select * from lab.m order by id')).toEqual([
        { id: 1, b: null },
        { id: 2, b: null },
        { id: 3, b: 3 },
        { id: 4, b: 4 },
      ])
    })

    it('replace a stretch of time in a microbatch', async () => {
      const config = incremental({ incremental_strategy: 'microbatch', event_time: 'happened' })
      const rows = (v: number) =>
        `select date '2024-01-01' as happened, ${v} as v union all select date '2024-01-02', ${v}`
      await harness.build({ sql: rows(1), config }, mode)
      const batch = { event_time_start: '2024-01-02', event_time_end: '2024-01-03' }
      await harness.build({ sql: rows(2), config, node: { batch } }, mode)
      expect(await harness.rows('select v from lab.m order by happened')).toEqual([{ v: 1 }, { v: 2 }])
    })

    it('build anew when that is asked for', async () => {
      const config = incremental({ unique_key: 'id' })
      await harness.build({ sql: 'select 1 as id', config }, mode)
      await harness.build({ sql: 'select 2 as id', config: { ...config, full_refresh: true } }, mode)
      expect(await harness.rows('select id from lab.m')).toEqual([{ id: 2 }])
      expect(await tables()).toEqual(['m BASE TABLE'])
    })

    it('keep contracts and constraints', async () => {
      const column = (name: string, data_type: string, constraints: unknown[] = []) => ({
        name,
        data_type,
        constraints,
      })
      const config = { materialized: 'table', contract: { enforced: true } }
      const columns = { v: column('v', 'text'), id: column('id', 'integer', [{ type: 'not_null' }]) }
      await harness.build({ sql: "select 1 as id, 'a' as v", config, node: { columns } }, mode)
      expect(await harness.rows('select * from lab.m')).toEqual([{ v: 'a', id: 1 }])
      const wrong = { sql: "select 'x' as id, 'a' as v", config, node: { columns } }
      await expect(harness.build(wrong, mode)).rejects.toMatchObject({ code: 'WW2108' })
      const empty = { sql: "select cast(null as integer) as id, 'a' as v", config, node: { columns } }
      await expect(harness.build(empty, mode)).rejects.toMatchObject({ code: 'WW3001' })
      expect(await harness.rows('select * from lab.m')).toEqual([{ v: 'a', id: 1 }])
    })

    it('put descriptions into the warehouse', async () => {
      await harness.build(
        {
          sql: 'select 1 as id',
          config: { materialized: 'table', persist_docs: { relation: true, columns: true } },
          node: { description: "It's all", columns: { id: { name: 'id', description: "an 'id'" } } },
        },
        mode,
      )
      const comments =
        name === 'duckdb'
          ? "select t.comment as r, c.comment as c from duckdb_tables() t join duckdb_columns() c using (table_name) where table_name = 'm'"
          : "select obj_description('lab.m'::regclass) as r, col_description('lab.m'::regclass, 1) as c"
      expect(await harness.rows(comments)).toEqual([{ r: "It's all", c: "an 'id'" }])
    })

    it('load seeds', async () => {
      const config = { materialized: 'seed', fast: false, column_types: { code: 'text' } }
      const seed = 'id,code,price,day,ok,note\n1,007,1.5,2024-02-29,true,"a, ""b"""\n2,,2,2024-03-01,false,\n'
      await harness.build({ seed, config }, mode)
      await harness.build({ seed, config }, mode)
      expect(await harness.rows('select * from lab.m order by id')).toEqual([
        { id: 1, code: '007', price: 1.5, day: '2024-02-29', ok: true, note: 'a, "b"' },
        { id: 2, code: null, price: 2, day: '2024-03-01', ok: false, note: null },
      ])
    })

    it('count what fails a test, and keep it when asked', async () => {
      const config = { materialized: 'test', fail_calc: 'count(*)', warn_if: '!= 0', error_if: '>10' }
      const sql = 'select 1 as a union all select 2'
      const { main } = await harness.build({ sql, config }, mode)
      expect(main?.table.rows).toEqual([[2, true, false]])
      const kept = await harness.build({ sql, config: { ...config, store_failures: true } }, mode)
      expect(kept.relations).toEqual([harness.relation('m')])
      expect(await harness.rows('select a from lab.m order by a')).toEqual([{ a: 1 }, { a: 2 }])
    })
  })
})
