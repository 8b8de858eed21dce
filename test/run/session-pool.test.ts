import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SessionPool } from '../../src/run/session-pool.ts'
import { type TestEngine, testEngines } from '../support/engines.ts'

const SLOW = {
  duckdb: 'select count(*) as n from range(100000000) t (i) where hash(i) = 1',
  postgres: 'select count(*) as n from (select pg_sleep(1)) as t',
}
const ENDLESS = {
  duckdb: 'select count(*) as n from range(100000000) a, range(100000000) b',
  postgres: 'select count(*) as n from (select pg_sleep(1000)) as t',
}

describe.each(['duckdb', 'postgres'] as const)('sessions of %s', (name) => {
  let test: TestEngine
  let pool: SessionPool

  beforeAll(async () => {
    test = await testEngines[name]!()
    pool = new SessionPool(test.engine)
  })
  afterAll(async () => {
    await pool.close()
    await test.close()
  })

  it('are interrupted for one task alone', async () => {
    const [one, other] = [pool.scope(), pool.scope()]
    const interrupted = one.use((session) => session.rows(ENDLESS[name]))
    const undisturbed = other.use((session) => session.rows(SLOW[name]))
    const timer = setInterval(() => void one.interrupt(), 50)
    await expect(interrupted).rejects.toMatchObject({ code: 'WW3001' })
    clearInterval(timer)
    expect(await undisturbed).toHaveLength(1)
  })

  it('are interrupted for all tasks together', async () => {
    const running = [pool, pool.scope()].map((each) => each.use((session) => session.rows(ENDLESS[name])))
    const timer = setInterval(() => void pool.interrupt(), 50)
    const ended = await Promise.allSettled(running)
    clearInterval(timer)
    expect(ended.map((each) => each.status)).toEqual(['rejected', 'rejected'])
  })

  it('are handed on from task to task, unless something failed on them', async () => {
    const seen = [await pool.scope().use(async (session) => session)]
    seen.push(await pool.scope().use(async (session) => session))
    expect(seen[1]).toBe(seen[0])
    await expect(pool.scope().use((session) => session.rows('select nothing'))).rejects.toThrow('nothing')
    expect(await pool.use(async (session) => session)).not.toBe(seen[0])
  })
})
