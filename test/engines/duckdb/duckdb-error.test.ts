import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DuckDbEngine } from '../../../src/engines/duckdb/duckdb-engine.ts'
import type { Session } from '../../../src/engines/engine.ts'

describe('DuckDB’s errors', () => {
  const engine = new DuckDbEngine({ path: ':memory:' })
  let session: Session

  beforeAll(async () => {
    session = await engine.connect()
    await session.execute(
      `create table people (id integer primary key, name varchar check (name <> 'topsecret'))`,
    )
    await session.execute(`insert into people values (42424242, 'it''s topsecretly')`)
  })

  afterAll(async () => {
    await session.close()
    await engine.close()
  })

  it.each([
    ['a value that is no number', 'select name::integer from people'],
    ['a value that is no date', "select strptime(name, '%Y') from people"],
    ['a number out of range', 'select id::tinyint from people'],
    ['an overflow', 'select (id::bigint * 9000000000000 * 9000000000000) from people'],
    ['a key that is there', 'insert into people select * from people'],
    ['a value that a constraint refuses', `insert into people select 1, 'topsecret'`],
  ])('say nothing of the row: %s', async (_what, sql) => {
    const error: unknown = await session.execute(sql).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'WW3001' })
    const [said = ''] = String(error).split(/LINE \d+:/)
    expect(said).not.toMatch(/topsecret|42424242/)
  })

  it('name what a statement got wrong', async () => {
    await expect(session.execute('select nope from people')).rejects.toThrow(/"nope"/)
    await expect(session.execute('select * from nowhere')).rejects.toThrow(/nowhere/)
  })
})
