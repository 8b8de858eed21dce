import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Diff, isSame } from '../../src/diff/diff.ts'
import { type DiffOptions, diffSides } from '../../src/diff/diff-sides.ts'
import type { Side } from '../../src/diff/side.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Session } from '../../src/engines/engine.ts'

const engine = new DuckDbEngine({ path: ':memory:' })
let session: Session

beforeAll(async () => {
  session = await engine.connect()
})

afterAll(async () => {
  await session.close()
  await engine.close()
})

const side = async (name: string, sql: string): Promise<Side> => ({
  name,
  from: `(${sql})`,
  fields: await session.describe(sql),
  isTyped: true,
})
const compare = async (left: string, right: string, options: Partial<DiffOptions> = {}): Promise<Diff> =>
  diffSides(session, await side('left', left), await side('right', right), {
    ...{ key: [], ignored: [], tolerances: {}, examples: 10 },
    ...options,
  })
const BASE = `select * from (values (1, 'x', 1.5), (2, 'y', 2.5), (3, null, null)) as t(id, name, amount)`

describe('two datasets', () => {
  it('that are the same are the same, with a key and without', async () => {
    for (const key of [[], ['id'], ['ID']]) {
      const found = await compare(BASE, `${BASE} order by id desc`, { key })
      expect(isSame(found)).toBe(true)
    }
  })

  it('differ in values, a NULL among them, and in rows on one side', async () => {
    const other = `select * from (values (1, 'x', 1.75), (2, null, 2.5), (4, 'w', 0)) as t(id, name, amount)`
    const found = await compare(BASE, other, { key: ['id'] })
    expect(found.rows).toEqual({ left: 3, right: 3, equal: 0, changed: 2, onlyLeft: 1, onlyRight: 1 })
    expect(found.values).toEqual([
      { column: 'name', rows: 1 },
      { column: 'amount', rows: 1 },
    ])
    expect(found.examples).toEqual({
      cells: [
        { key: { id: 1 }, column: 'amount', left: '1.5', right: '1.75' },
        { key: { id: 2 }, column: 'name', left: 'y', right: null },
      ],
      onlyLeft: [{ id: 3 }],
      onlyRight: [{ id: 4 }],
    })
  })

  it.each([
    { tolerances: { '*': { amount: 0.25 } }, changed: 0 },
    { tolerances: { '*': { amount: 0.2 } }, changed: 1 },
    { tolerances: { amount: { percent: 15 } }, changed: 0 },
    { tolerances: { amount: { percent: 10 } }, changed: 1 },
    { tolerances: { id: { amount: 5 } }, changed: 1 },
  ])('with $tolerances differ in $changed rows', async ({ tolerances, changed }) => {
    const other = BASE.replace('1.5', '1.75')
    expect((await compare(BASE, other, { key: ['id'], tolerances })).rows.changed).toBe(changed)
  })

  it('count NaN as itself, and as far from every number', async () => {
    const [nan, one] = [`select 1 as id, 'NaN'::double as v`, 'select 1 as id, 1::double as v']
    const tolerances = { '*': { amount: 1e9 } }
    expect((await compare(nan, nan, { key: ['id'], tolerances })).rows.changed).toBe(0)
    expect((await compare(nan, one, { key: ['id'], tolerances })).rows.changed).toBe(1)
    expect(
      (await compare(`select 1 as id, null::double as v`, one, { key: ['id'], tolerances })).rows.changed,
    ).toBe(1)
  })

  it('tell of columns that one has alone, or of another type, whatever their letters’ case', async () => {
    const found = await compare(
      'select 1 as id, 2 as "A", 3 as old',
      `select 1 as ID, '2' as a, 4 as fresh`,
      {
        key: ['id'],
      },
    )
    expect(found.columns).toEqual({
      compared: ['id', 'A'],
      onlyLeft: ['old'],
      onlyRight: ['fresh'],
      retyped: [{ column: 'A', left: 'integer', right: 'text' }],
    })
    expect(found.rows.changed).toBe(0)
    expect(isSame(found)).toBe(false)
  })

  it('are told apart by several columns together', async () => {
    const rows = 'select * from (values (1, 1, 5), (1, 2, 6), (2, 1, 7)) as t(a, b, v)'
    const found = await compare(rows, rows.replace('6)', '60)'), { key: ['b', 'a'] })
    expect(found.key).toEqual(['b', 'a'])
    expect(found.examples.cells).toEqual([{ key: { a: 1, b: 2 }, column: 'v', left: 6, right: 60 }])
  })

  it('match no rows without a key, and refuse keys that are not unique or not there', async () => {
    const without = 'select * from (values (null, 1), (null, 2), (1, 3)) as t(id, v)'
    const found = await compare(without, without, { key: ['id'] })
    expect(found.rows).toMatchObject({ equal: 1, onlyLeft: 2, onlyRight: 2 })
    const twice = 'select * from (values (1, 1), (1, 2)) as t(id, v)'
    await expect(compare(BASE, twice, { key: ['id'] })).rejects.toMatchObject({
      code: 'WW5502',
      message: 'in right, 1 value of id occur more than once',
    })
    await expect(compare(BASE, BASE, { key: ['idd'] })).rejects.toMatchObject({
      code: 'WW5501',
      hint: 'Did you mean id?',
    })
    await expect(compare(BASE, BASE, { tolerances: { '*': { amount: 1 } } })).rejects.toMatchObject({
      code: 'WW5501',
    })
    await expect(compare('select 1 as a', 'select 1 as b')).rejects.toMatchObject({ code: 'WW5501' })
  })

  it('agree with a plain comparison, whatever rows they have', async () => {
    const cell = fc.option(fc.constantFrom(0, 1, 2), { nil: null })
    const rows = fc.uniqueArray(fc.record({ id: fc.nat(8), a: cell, b: cell }), {
      selector: ({ id }) => id,
      maxLength: 8,
    })
    type Rows = readonly { readonly id: number; readonly a: number | null; readonly b: number | null }[]
    const sql = (of: Rows) =>
      `select * from (values (-1, 0, 0)${of.map(({ id, a, b }) => `, (${id}, ${a}, ${b})`).join('')}) as t(id, a, b)`
    await fc.assert(
      fc.asyncProperty(rows, rows, async (left: Rows, right: Rows) => {
        const others = new Map(right.map((row) => [row.id, row]))
        const shared = left.filter(({ id }) => others.has(id))
        const changed = shared.filter(
          (row) => row.a !== others.get(row.id)!.a || row.b !== others.get(row.id)!.b,
        )
        const expected = {
          left: left.length + 1,
          right: right.length + 1,
          equal: 1 + shared.length - changed.length,
          onlyLeft: left.length - shared.length,
          onlyRight: right.length - shared.length,
        }
        const keyed = await compare(sql(left), sql(right), { key: ['id'] })
        expect(keyed.rows).toEqual({ ...expected, changed: changed.length })
        const whole = await compare(sql(left), sql(right))
        expect(whole.rows).toEqual({
          ...expected,
          changed: 0,
          onlyLeft: expected.onlyLeft + changed.length,
          onlyRight: expected.onlyRight + changed.length,
        })
      }),
      { numRuns: 60 },
    )
  })
})
