import { describe, expect, test } from 'vitest'
import type { EngineUnderTest } from './engine-under-test.ts'

export function targetContract(get: () => EngineUnderTest): void {
  describe('target', () => {
    test('schemas are made once, however many ask at the same time', async () => {
      const { engine, session } = get()
      const schemas = ['raced', 'also raced', 'Raced']
      await Promise.all(
        Array.from({ length: 6 }, (_, i) => engine.prepareTarget(i % 2 ? schemas : schemas.toReversed())),
      )
      await engine.prepareTarget(schemas)
      for (const schema of schemas) {
        await session.replaceTable({ schema, name: 't' }, 'select 1 as a')
        expect(await session.inspect({ schema, name: 't' })).toBeDefined()
      }
    })

    test.each([
      ['select 1', ['query']],
      ["select 'a;b'; insert into t values (1);", ['query', 'write']],
      ['with a as (select 1 as n) select * from a', ['query']],
      ['with a as (select 1 as n) insert into t select * from a', ['write']],
      ['update t set a = 1', ['write']],
      ['create table t (a integer); drop table t', ['ddl', 'ddl']],
      ['begin; /* ; */ commit', ['transaction', 'transaction']],
      ['rollback', ['transaction']],
      ['explain analyze delete from t', ['write']],
      ['  -- nothing\n', []],
      ['', []],
    ])('%j is %j', async (sql, kinds) => {
      expect(await get().engine.classify(sql)).toEqual(kinds)
    })

    test('columns whose names differ in letter case are two where it says so', async () => {
      const { engine, session } = get()
      const made = session.execute('create temporary table like_names ("Name" integer, "name" integer)').then(
        () => true,
        () => false,
      )
      expect(await made).toBe(engine.capabilities.caseSensitiveNames)
      await session.execute('drop table if exists like_names')
    })

    test('housekeeping may be asked for at any time', async () => {
      const { engine, session } = get()
      await engine.checkpoint()
      expect(await session.rows('select 1 as one')).toEqual([{ one: 1 }])
    })
  })
}
