import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../../src/engines/engine.ts'
import { PostgresEngine, type PostgresOptions } from '../../../src/engines/postgres/postgres-engine.ts'
import { batchOf } from '../../support/arbitrary-batch.ts'
import { sharedPostgres } from '../../support/postgres-server.ts'

const server = await sharedPostgres()
const options: PostgresOptions = { ...server, database: await server.createDatabase() }
const engine = new PostgresEngine(options)
let session: Session

beforeAll(async () => {
  session = await engine.connect()
})
afterAll(async () => {
  await engine.close()
  await server.close()
})

describe('connecting', () => {
  test.each([
    ['a port without a server', { port: 1 }, '127.0.0.1:1'],
    ['a wrong password', { password: 'wrong password' }, 'as waterworks'],
    ['a database that does not exist', { database: 'nowhere' }, 'database nowhere'],
  ])('%s is WW3002, and no password is shown', async (_, change, shown) => {
    const error: unknown = await new PostgresEngine({ ...options, ...change })
      .connect()
      .catch((error) => error)
    expect(error).toMatchObject({ code: 'WW3002', message: expect.stringContaining(shown) })
    expect(String(error)).not.toMatch(/wrong password|not a secret/)
  })

  test('a connection that the server ends is WW3002, and others go on', async () => {
    const doomed = await engine.connect()
    const [own] = await doomed.rows('select pg_backend_pid() as pid')
    const running = doomed.rows('select pg_sleep(60)')
    const outcome = expect(running).rejects.toMatchObject({ code: 'WW3002' })
    await session.rows('select pg_terminate_backend($1)', [own?.['pid'] ?? null])
    await outcome
    await expect(doomed.rows('select 1')).rejects.toMatchObject({ code: 'WW3002' })
    expect(await session.rows('select 1 as one')).toEqual([{ one: 1 }])
    await doomed.close()
  })

  test('the session is in UTC and says whose it is', async () => {
    expect(
      await session.rows(
        `select current_setting('TimeZone') as zone, current_setting('application_name') as name`,
      ),
    ).toEqual([{ zone: 'UTC', name: 'waterworks' }])
  })
})

describe('errors', () => {
  test('values of rows are not shown', async () => {
    await session.execute('create table people (email text constraint one_each unique, age integer)')
    await session.execute(`insert into people values ('ada@example.org', 1)`)
    const failures = await Promise.all(
      [
        session.execute('insert into people values ($1, 2)', ['ada@example.org']),
        session.rows(`select cast(email as integer) from people`),
      ].map((work) => work.catch((error: unknown) => String(error))),
    )
    expect(failures[0]).toMatch(/one_each.*23505/)
    expect(failures[1]).toMatch(/invalid input syntax for type integer.*22P02/)
    expect(failures.join()).not.toContain('ada@example.org')
  })

  test('the server’s hint is passed on', async () => {
    await expect(session.rows('select emial from people')).rejects.toMatchObject({
      code: 'WW3001',
      hint: expect.stringContaining('people.email'),
    })
  })

  test('a text of several statements is refused', async () => {
    await expect(session.execute('select 1; drop table people')).rejects.toMatchObject({ code: 'WW3001' })
  })
})

describe('what Postgres cannot hold', () => {
  const load = (kind: 'text' | 'timestamp' | 'date' | 'int64', column: string, value: string | number) => {
    const batch = batchOf([{ name: 'value', type: { kind } }], [[null], [value]])
    return session.execute('drop table if exists narrow').then(async () => {
      await session.execute(`create table narrow (value ${column})`)
      return session.load({ schema: 'public', name: 'narrow' }, one(batch))
    })
  }

  test.each([
    ['text', 'text', 'a\0b', /value holds text with a NUL/],
    ['int64', 'smallint', 32768, /value holds a whole number/],
    ['timestamp', 'timestamp', '-290307-01-01T00:00:00', /value holds a timestamp|out of range/],
    ['date', 'date', '-5877641-06-25', /value holds a date|out of range/],
  ] as const)('%s into %s is refused: %s', async (kind, column, value, message) => {
    await expect(load(kind, column, value)).rejects.toThrow(message)
    expect(await session.rows('select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a whole number that fits goes into a narrower column', async () => {
    expect(await load('int64', 'smallint', -32768)).toBe(2)
    expect(await session.rows('select value from narrow where value is not null')).toEqual([
      { value: -32768 },
    ])
  })

  test.each(['x'.repeat(64), 'é'.repeat(32), '', 'a\0b'])('the name %j is refused, not cut', (name) => {
    expect(() => engine.dialect.identifier(name)).toThrow(/name/)
    expect(engine.dialect.identifier('é'.repeat(31))).toHaveLength(33)
  })

  test('a literal with NUL is refused', () => {
    expect(() => engine.dialect.literal('a\0b')).toThrow(/NUL/)
  })

  test('NaN in a decimal column is told by the column’s name', async () => {
    const read = async () => {
      for await (const batch of session.batches(`select 'NaN'::numeric(5,2) as amount`))
        expect(batch).toBeDefined()
    }
    await expect(read()).rejects.toMatchObject({ code: 'WW3004', message: expect.stringContaining('amount') })
    expect(await session.rows('select 1 as one')).toEqual([{ one: 1 }])
  })
})

async function* one<T>(value: T): AsyncGenerator<T> {
  yield value
}
