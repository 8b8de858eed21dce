import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { valueAt } from '../../../src/batch/value-at.ts'
import { type EngineUnderTest, SCHEMA } from './engine-under-test.ts'

const ROWS = 1_500_000
const wide = `select n, 'a text that is long enough to take up room, row ' || n as words from generate_series(1, ${ROWS}) as s(n)`

export function streamContract(get: () => EngineUnderTest): void {
  describe('streams', () => {
    test('every row arrives once, in memory that stays flat however slow the reader', async () => {
      const { session } = get()
      const before = memory()
      let [rows, sum, most] = [0, 0, 0]
      let batches = 0
      for await (const { rows: count, columns } of session.batches(wide)) {
        const [first] = columns
        if (first?.storage !== 'fixed') throw new Error('a whole number was expected')
        for (let row = 0; row < count; row++) sum += Number(first.values[row])
        if (rows < 40_000) await pause(20)
        rows += count
        if (++batches % 64 === 0) most = Math.max(most, memory() - before)
      }
      expect(rows).toBe(ROWS)
      expect(sum).toBe((ROWS * (ROWS + 1)) / 2)
      expect(most).toBeLessThan(50 << 20)
    })

    test('a reader may leave early', async () => {
      const { session } = get()
      for await (const batch of session.batches(wide)) {
        expect(batch.rows).toBeGreaterThan(0)
        break
      }
      expect(await session.rows('select 1 as one')).toEqual([{ one: 1 }])
    })

    test('leaving early does not spoil the transaction', async () => {
      const { session } = get()
      await session.transaction(async (transaction) => {
        await transaction.execute(`create table ${SCHEMA}.kept (n integer)`)
        for await (const batch of transaction.batches(wide)) {
          expect(batch.rows).toBeGreaterThan(0)
          break
        }
        await transaction.execute(`insert into ${SCHEMA}.kept values (1)`)
      })
      expect(await session.rows(`select n from ${SCHEMA}.kept`)).toEqual([{ n: 1 }])
    })

    test('an error in the middle reaches the reader, and the session goes on', async () => {
      const { session } = get()
      const read = async () => {
        let rows = 0
        for await (const batch of session.batches(
          `select cast(case when n = 50000 then 'not a number' else '1' end as integer) as n
           from generate_series(1, 100000) as s(n)`,
        )) {
          rows += batch.rows
        }
        return rows
      }
      await expect(read()).rejects.toMatchObject({ code: 'WW3001' })
      expect(await session.rows('select 1 as one')).toEqual([{ one: 1 }])
    })

    test('with parameters, too, and left early', async () => {
      const { engine, session } = get()
      const sql = `${wide} where n > cast(${engine.dialect.parameter(1)} as bigint)`
      let rows = 0
      for await (const batch of session.batches(sql, [ROWS - 10_000])) rows += batch.rows
      expect(rows).toBe(10_000)
      for await (const batch of session.batches(sql, [1])) {
        expect(batch.rows).toBeGreaterThan(0)
        break
      }
      expect(await session.rows('select 1 as one')).toEqual([{ one: 1 }])
    })

    test('a query ends as people end it, and may have two columns of one name', async () => {
      const { session } = get()
      const values: unknown[] = []
      for await (const { columns } of session.batches('select 1 as a, 2 as a -- two\n; -- done')) {
        values.push(columns.map((column) => [column.name, valueAt(column, 0)]))
      }
      expect(values).toEqual([
        [
          ['a', 1],
          ['a', 2],
        ],
      ])
    })

    test('what the platform has no type for comes as text or json', async () => {
      const { session } = get()
      const seen: unknown[] = []
      for await (const { columns } of session.batches(
        `select n, array[n, n + 1] as pair from generate_series(1, 2) as s(n) order by n`,
      )) {
        for (const row of [0, 1]) seen.push(String(valueAt(columns[1]!, row)).replace(/[[\]{}\s]/g, ''))
      }
      expect(seen).toEqual(['1,2', '2,3'])
    })

    test('no rows are no batches, or empty ones', async () => {
      const { session } = get()
      for await (const batch of session.batches('select 1 as n where false')) expect(batch.rows).toBe(0)
    })
  })
}

/** What is held, not what is waiting to be collected: the collector runs when it likes. */
const collect: unknown = (() => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc')
})()

function memory(): number {
  // The memory of arrays is given back beside the program; another collection waits for that.
  for (let times = 0; times < 2; times++) if (typeof collect === 'function') collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
