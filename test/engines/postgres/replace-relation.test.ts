import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Session } from '../../../src/engines/engine.ts'
import { PostgresEngine } from '../../../src/engines/postgres/postgres-engine.ts'
import { sharedPostgres } from '../../support/postgres-server.ts'

const server = await sharedPostgres()
const engine = new PostgresEngine({ ...server, database: await server.createDatabase() })
const at = (name: string) => ({ schema: 'public', name })
let session: Session
let other: Session

beforeAll(async () => {
  session = await engine.connect()
  other = await engine.connect()
})
afterAll(async () => {
  await session.execute('drop owned by reader').catch(() => undefined)
  await session.execute('drop role if exists reader')
  await engine.close()
  await server.close()
})

test('a view that would no longer be valid is named, and nothing is changed', async () => {
  await session.replaceTable(at('base'), 'select 1 as a, 2 as b')
  await session.replaceView(at('needs_b'), 'select b from base')
  await session.replaceView(at('needs_needs_b'), 'select b + 1 as c from needs_b')
  await session.replaceView(at('needs_a'), 'select a from base')
  const work = session.replaceTable(at('base'), 'select 1 as a')
  await expect(work).rejects.toMatchObject({
    code: 'WW3007',
    message: expect.stringMatching(/"needs_b".*"needs_needs_b"/),
    hint: expect.not.stringContaining('"needs_a"'),
  })
  expect(await session.rows('select c from needs_needs_b')).toEqual([{ c: 3 }])
})

test('views come back with their options, grants and comments, and materialized ones with their indexes', async () => {
  await session.execute('create role reader')
  await session.replaceTable(at('kept'), 'select 1 as a')
  await session.execute('grant select on kept to reader')
  await session.execute('create view kept_view with (security_barrier=true) as select a from kept')
  await session.execute('grant select on kept_view to reader')
  await session.execute(`comment on view kept_view is 'it''s kept'`)
  await session.execute(`comment on column kept_view.a is 'a column'`)
  await session.execute('create materialized view kept_rows as select a from kept_view')
  await session.execute('create unique index kept_rows_a on kept_rows (a)')
  await session.replaceTable(at('kept'), `select 2 as a, 'more' as b`)
  expect(
    await session.rows(
      `select has_table_privilege('reader', 'kept', 'select') as on_table,
         has_table_privilege('reader', 'kept_view', 'select') as on_view,
         has_table_privilege('reader', 'kept_view', 'insert') as too_much,
         obj_description('kept_view'::regclass) as comment, col_description('kept_view'::regclass, 1) as on_column,
         (select reloptions::text from pg_class where oid = 'kept_view'::regclass) as options,
         to_regclass('kept_rows_a') is not null as indexed, (select a from kept_rows) as a`,
    ),
  ).toEqual([
    {
      on_table: true,
      on_view: true,
      too_much: false,
      comment: "it's kept",
      on_column: 'a column',
      options: '{security_barrier=true}',
      indexed: true,
      a: 2,
    },
  ])
})

test('what is not a view and holds on to the table is told', async () => {
  await session.replaceTable(at('referenced'), 'select 1 as a')
  await session.execute('alter table referenced add primary key (a)')
  await session.execute('create table refers (a integer references referenced)')
  await expect(session.replaceTable(at('referenced'), `select 'x' as a`)).rejects.toThrow(/refers/)
  expect(await session.rows('select a from referenced')).toEqual([{ a: 1 }])
})

test('a table with the same columns keeps its indexes, and unique ones see only the new rows', async () => {
  await session.replaceTable(at('indexed'), 'select n from generate_series(1, 10) as s(n)')
  await session.execute('create unique index indexed_n on indexed (n)')
  expect(await session.replaceTable(at('indexed'), 'select n from generate_series(5, 20) as s(n)')).toBe(16)
  expect(await session.replaceTable(at('indexed'), 'select n + 1 as n from indexed')).toBe(16)
  expect(
    await session.rows(
      `select count(*) as n, min(n) as low, to_regclass('indexed_n') is not null as there from indexed`,
    ),
  ).toEqual([{ n: 16, low: 6, there: true }])
})

test('a reader in an older snapshot keeps the version it began with', async () => {
  await session.replaceTable(at('snapshot'), 'select 1 as version')
  await other.execute('begin isolation level repeatable read')
  expect(await other.rows('select 1 as one')).toEqual([{ one: 1 }])
  await session.replaceTable(at('snapshot'), 'select 2 as version')
  expect(await other.rows('select version from snapshot')).toEqual([{ version: 1 }])
  await other.execute('commit')
  expect(await other.rows('select version from snapshot')).toEqual([{ version: 2 }])
})

test('replacements at the same time neither deadlock nor mix', async () => {
  await session.replaceTable(at('left_side'), 'select 0 as v')
  await session.replaceTable(at('right_side'), 'select 0 as v')
  await session.replaceView(at('both_sides'), 'select l.v as l, r.v as r from left_side l, right_side r')
  const run = async (worker: Session, name: string) => {
    for (let v = 1; v <= 15; v++) {
      const extra = v % 2 ? `, 'more' as extra_${v}` : ''
      await worker.replaceTable(at(name), `select ${v} as v${extra}`)
    }
  }
  const third = await engine.connect()
  await Promise.all([run(session, 'left_side'), run(other, 'right_side'), run(third, 'left_side')])
  expect(await session.rows('select l, r from both_sides')).toEqual([{ l: 15, r: 15 }])
  await third.close()
})
