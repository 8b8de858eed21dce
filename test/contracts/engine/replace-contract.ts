import { describe, expect, test } from 'vitest'
import type { Executor } from '../../../src/engines/engine.ts'
import { type EngineUnderTest, SCHEMA } from './engine-under-test.ts'

export function replaceContract(get: () => EngineUnderTest): void {
  describe('replacing', () => {
    const at = (name: string) => ({ schema: SCHEMA, name })
    const rowsOf = (executor: Executor, name: string) =>
      executor.rows(`select * from ${SCHEMA}.${name} order by 1`)

    test('a table: new, again, with other columns, and from itself', async () => {
      const { session } = get()
      expect(await session.replaceTable(at('whole'), 'select 1 as a union all select 2')).toBe(2)
      expect(await session.replaceTable(at('whole'), 'select 3 as a')).toBe(1)
      expect(await rowsOf(session, 'whole')).toEqual([{ a: 3 }])
      expect(await session.replaceTable(at('whole'), `select 'x' as b, 4 as a`)).toBe(1)
      expect(await rowsOf(session, 'whole')).toEqual([{ b: 'x', a: 4 }])
      expect(
        await session.replaceTable(
          at('whole'),
          `select * from ${SCHEMA}.whole union all select 'y', 5 -- more`,
        ),
      ).toBe(2)
      expect(await rowsOf(session, 'whole')).toEqual([
        { b: 'x', a: 4 },
        { b: 'y', a: 5 },
      ])
      expect(await session.replaceTable(at('whole'), `select * from ${SCHEMA}.whole where false`)).toBe(0)
      expect(await rowsOf(session, 'whole')).toEqual([])
    })

    test('a view: new, again, with columns added, removed and of other types', async () => {
      const { session } = get()
      for (const [select, rows] of [
        ['select 1 as a', [{ a: 1 }]],
        ['select 2 as a', [{ a: 2 }]],
        ['select 2 as a, 3 as b', [{ a: 2, b: 3 }]],
        [`select 'x' as a`, [{ a: 'x' }]],
        ['select 4 as c;', [{ c: 4 }]],
      ] as const) {
        await session.replaceView(at('seen_through'), select)
        expect(await rowsOf(session, 'seen_through')).toEqual(rows)
      }
    })

    test('a view by a table and a table by a view', async () => {
      const { session } = get()
      await session.replaceView(at('either'), 'select 1 as a')
      await session.replaceTable(at('either'), 'select 2 as a')
      expect(await session.inspect(at('either'))).toMatchObject({ kind: 'table' })
      await session.replaceView(at('either'), 'select 3 as a')
      expect(await session.inspect(at('either'))).toMatchObject({ kind: 'view' })
      expect(await rowsOf(session, 'either')).toEqual([{ a: 3 }])
    })

    test('a temporary table', async () => {
      const { session } = get()
      expect(await session.replaceTable({ name: 'briefly' }, 'select 1 as a').catch(String)).toBeDefined()
    })

    test('views over what is replaced keep working', async () => {
      const { session } = get()
      await session.replaceTable(at('base'), 'select 1 as a, 2 as b')
      await session.replaceView(at('over'), `select a from ${SCHEMA}.base`)
      await session.replaceView(at('over_over'), `select a + 1 as a from ${SCHEMA}.over`)
      for (const [select, expected] of [
        ['select 10 as a, 3 as b', 11],
        ['select 20 as a, 3 as b, 4 as c', 21],
        ['select 5 as z, 30 as a', 31],
      ] as const) {
        await session.replaceTable(at('base'), select)
        expect(await rowsOf(session, 'over_over')).toEqual([{ a: expected }])
      }
      await session.replaceView(at('base'), 'select 40 as a')
      expect(await rowsOf(session, 'over_over')).toEqual([{ a: 41 }])
    })

    test('a rollback leaves the old version', async () => {
      const { session } = get()
      await session.replaceTable(at('undisturbed'), 'select 1 as a')
      await session.replaceView(at('undisturbed_view'), `select a from ${SCHEMA}.undisturbed`)
      const work = session.transaction(async (transaction) => {
        await transaction.replaceTable(at('undisturbed'), 'select 2 as a')
        await transaction.replaceTable(at('undisturbed'), `select 'x' as b, 3 as a`)
        await transaction.replaceTable(at('undisturbed_view'), 'select 4 as a')
        throw new Error('roll back')
      })
      await expect(work).rejects.toThrow('roll back')
      expect(await rowsOf(session, 'undisturbed')).toEqual([{ a: 1 }])
      expect(await session.inspect(at('undisturbed_view'))).toMatchObject({ kind: 'view' })
    })

    test('a reader at full speed sees one version or the next, never neither', async () => {
      const { session, other } = get()
      // Versions alternate between columns kept (a), changed (b), and a view in place of the table (c).
      const select = (version: number, n: number) =>
        `select ${version} as version, n${version % 4 === 1 ? `, 'more' as more` : ''} from generate_series(1, ${n}) as s(n)`
      const size = (version: number) => 500 + version
      await session.replaceTable(at('polled'), select(0, size(0)))
      let writing = true
      const seen = new Set<number>()
      const reader = (async () => {
        let last = 0
        while (writing) {
          const [row] = await other.rows(
            `select min(version) as low, max(version) as high, count(*) as n, count(distinct n) as distinct_n from ${SCHEMA}.polled`,
          )
          const version = Number(row?.['low'])
          expect(row).toEqual({ low: version, high: version, n: size(version), distinct_n: size(version) })
          expect(version).toBeGreaterThanOrEqual(last)
          last = version
          seen.add(version)
        }
      })()
      for (let version = 1; version <= 40; version++) {
        await session.transaction(async (transaction) => {
          if (version % 10 === 9) await transaction.replaceView(at('polled'), select(version, size(version)))
          else await transaction.replaceTable(at('polled'), select(version, size(version)))
        })
        if (version % 3 === 0) {
          const failing = session.transaction(async (transaction) => {
            await transaction.replaceTable(at('polled'), select(-1, 3))
            throw new Error('gate')
          })
          await expect(failing).rejects.toThrow('gate')
        }
      }
      writing = false
      await reader
      expect(seen.has(-1)).toBe(false)
      expect(await rowsOf(session, 'polled')).toHaveLength(size(40))
    })
  })
}
