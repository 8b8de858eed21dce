import { describe, expect, test } from 'vitest'
import { type EngineUnderTest, SCHEMA } from './engine-under-test.ts'

/** Names that need quoting, or that careless code would take for SQL. */
export const awkwardNames = [
  'we"ird',
  'select',
  'Ünï cödé 日本',
  'MixedCase',
  'a.b',
  '; drop table x --',
  "it's",
  '$1',
  '__proto__',
  ' ',
] as const

export function queryContract(get: () => EngineUnderTest): void {
  describe('queries', () => {
    test('a text of statements gives what the last gave, in order and with its types', async () => {
      const { session } = get()
      const text = `create temporary table runs (a integer); insert into runs values (1), (2); -- done
        select a, a + 1 as a, cast(1.50 as decimal(5,2)) as amount from runs order by 1;`
      const { columns, rows, changed } = await session.run(text)
      expect(columns.map((column) => `${column.name} ${column.type.kind}`)).toEqual([
        'a int32',
        'a int32',
        'amount decimal',
      ])
      expect(rows).toEqual([
        [1, 2, '1.50'],
        [2, 3, '1.50'],
      ])
      expect(changed).toBe(0)
      expect((await session.run('select a from runs order by a', 1)).rows).toEqual([[1]])
      const copied = 'create temporary table copies as select * from runs'
      expect(await session.run(copied)).toMatchObject({ changed: 2 })
      expect(await session.run('delete from runs where a = 2')).toMatchObject({ changed: 1 })
      expect(await session.run(' -- nothing')).toEqual({ columns: [], rows: [], changed: 0 })
      await expect(session.run('select 1; select wrong')).rejects.toMatchObject({ code: 'WW3001' })
      await session.run('drop table runs; drop table copies')
    })

    test('rows come as plain values', async () => {
      const { session } = get()
      const rows = await session.rows(
        `select cast(1 as integer) as small, cast(9007199254740993 as bigint) as big, cast(1.50 as decimal(5,2)) as amount,
           cast(0.5 as double precision) as ratio, true as yes, cast(null as integer) as nothing, 'text' as words,
           cast('2024-02-29' as date) as day, cast('2024-02-29 13:14:15.5' as timestamp) as moment,
           cast('2024-02-29 13:14:15+02' as timestamp with time zone) as instant`,
      )
      expect(rows).toEqual([
        {
          small: 1,
          big: 9007199254740993n,
          amount: '1.50',
          ratio: 0.5,
          yes: true,
          nothing: null,
          words: 'text',
          day: '2024-02-29',
          moment: '2024-02-29T13:14:15.5',
          instant: '2024-02-29T11:14:15Z',
        },
      ])
    })

    test.each(["'; drop table x; --", "it's", '\\', '"', '$1', '', '日本', "\\'; select 1; --"])(
      'a parameter is never part of the statement: %j',
      async (value) => {
        const { engine, session } = get()
        const parameter = engine.dialect.parameter(1)
        expect(await session.rows(`select cast(${parameter} as text) as v`, [value])).toEqual([{ v: value }])
      },
    )

    test('parameters of every kind', async () => {
      const { engine, session } = get()
      const [a, b, c, d, e] = [1, 2, 3, 4, 5].map((index) => engine.dialect.parameter(index))
      const sql = `select cast(${a} as bigint) as a, cast(${b} as bigint) as b, cast(${c} as double precision) as c,
                     cast(${d} as boolean) as d, cast(${e} as text) as e`
      expect(await session.rows(sql, [5_000_000_000, 2n ** 62n, 1.5, true, null])).toEqual([
        { a: 5_000_000_000, b: 2n ** 62n, c: 1.5, d: true, e: null },
      ])
    })

    test('a statement tells how many rows it changed', async () => {
      const { engine, session } = get()
      const table = `${SCHEMA}.counted`
      expect(await session.execute(`create table ${table} (n integer)`)).toBe(0)
      expect(await session.execute(`insert into ${table} values (1), (2), (3)`)).toBe(3)
      const where = `where n > ${engine.dialect.parameter(1)}`
      expect(await session.execute(`update ${table} set n = n + 1 ${where}`, [1])).toBe(2)
      expect(await session.execute(`delete from ${table}`)).toBe(3)
      expect(await session.execute(`drop table ${table}`)).toBe(0)
    })

    test('a query is described without being run', async () => {
      const { session } = get()
      const fields = await session.describe(
        `select cast(1 as bigint) as id, cast(1 as decimal(12,3)) as amount, 'x' as words, cast('2024-01-01' as date) as day`,
      )
      expect(fields).toEqual([
        { name: 'id', type: { kind: 'int64' } },
        { name: 'amount', type: { kind: 'decimal', precision: 12, scale: 3 } },
        { name: 'words', type: { kind: 'text' } },
        { name: 'day', type: { kind: 'date' } },
      ])
    })

    test('a relation is inspected: table, view, temporary table, none', async () => {
      const { session } = get()
      await session.execute(`create table ${SCHEMA}.inspected (id bigint, words text)`)
      await session.execute(`create view ${SCHEMA}.inspected_view as select id from ${SCHEMA}.inspected`)
      await session.execute(`create temporary table inspected_briefly (n integer)`)
      expect(await session.inspect({ schema: SCHEMA, name: 'inspected' })).toEqual({
        relation: { schema: SCHEMA, name: 'inspected' },
        kind: 'table',
        fields: [
          { name: 'id', type: { kind: 'int64' } },
          { name: 'words', type: { kind: 'text' } },
        ],
      })
      expect(await session.inspect({ schema: SCHEMA, name: 'inspected_view' })).toMatchObject({
        kind: 'view',
      })
      expect(await session.inspect({ name: 'inspected_briefly' })).toMatchObject({
        kind: 'table',
        fields: [{ name: 'n', type: { kind: 'int32' } }],
      })
      expect(await session.inspect({ name: 'inspected' })).toBeUndefined()
      expect(await session.inspect({ schema: SCHEMA, name: 'no such thing' })).toBeUndefined()
      expect(await session.inspect({ schema: 'no such schema', name: 'inspected' })).toBeUndefined()
    })

    test.each(awkwardNames)('%j may name a table and a column', async (name) => {
      const { engine, session } = get()
      const { dialect } = engine
      const relation = { schema: SCHEMA, name }
      await session.execute(
        `create table ${dialect.relation(relation)} (${dialect.identifier(name)} integer)`,
      )
      await session.execute(`insert into ${dialect.relation(relation)} values (1)`)
      const rows = await session.rows(`select * from ${dialect.relation(relation)}`)
      expect(rows.map((row) => Object.entries(row))).toEqual([[[name, 1]]])
      expect(await session.inspect(relation)).toMatchObject({ fields: [{ name }] })
      await session.execute(`drop table ${dialect.relation(relation)}`)
    })

    test('what the engine refuses is WW3001 with its message, and the session goes on', async () => {
      const { session } = get()
      for (const run of [
        () => session.rows('select * from no_such_table'),
        () => session.execute('delete from no_such_table'),
        () => session.describe('select * from no_such_table'),
        async () => {
          for await (const batch of session.batches('select * from no_such_table'))
            expect(batch).toBeUndefined()
        },
      ]) {
        await expect(run()).rejects.toMatchObject({
          code: 'WW3001',
          message: expect.stringContaining('no_such_table'),
        })
      }
      expect(await session.rows('select 1 as one')).toEqual([{ one: 1 }])
    })

    test('statements started together run one after another', async () => {
      const { session } = get()
      const results = await Promise.all([1, 2, 3, 4].map((n) => session.rows(`select ${n} as n`)))
      expect(results.flat()).toEqual([1, 2, 3, 4].map((n) => ({ n })))
    })

    test('a running statement is interrupted, and only that one', async () => {
      const { session } = get()
      await session.interrupt()
      const endless = session.rows(
        `select count(*) from generate_series(1, 1000000) a(n), generate_series(1, 1000000) b(n) where (a.n * b.n) % 7 = 3`,
      )
      let ended = false
      const outcome = expect(endless).rejects.toMatchObject({ code: 'WW3001' })
      const watched = endless
        .catch(() => undefined)
        .finally(() => {
          ended = true
        })
      while (!ended) {
        await session.interrupt()
        await Promise.race([watched, new Promise((resolve) => setTimeout(resolve, 50))])
      }
      await outcome
      expect(await session.rows('select 1 as one')).toEqual([{ one: 1 }])
    })
  })
}
