import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EngineUnderTest, SCHEMA } from './engine-under-test.ts'

export function transactionContract(get: () => EngineUnderTest): void {
  describe('transactions', () => {
    let folder = ''
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'waterworks-contract-'))
    })
    afterAll(() => rm(folder, { recursive: true, force: true }))

    test('others see the work at the commit, and not before', async () => {
      const { session, other } = get()
      await session.execute(`create table ${SCHEMA}.seen (n integer)`)
      const count = `select count(*) as n from ${SCHEMA}.seen`
      const result = await session.transaction(async (transaction) => {
        await transaction.execute(`insert into ${SCHEMA}.seen values (1), (2)`)
        expect(await transaction.rows(count)).toEqual([{ n: 2 }])
        expect(await other.rows(count)).toEqual([{ n: 0 }])
        return 'result'
      })
      expect(result).toBe('result')
      expect(await other.rows(count)).toEqual([{ n: 2 }])
    })

    test('an error undoes everything, definitions included, and comes through', async () => {
      const { session } = get()
      await session.execute(`create table ${SCHEMA}.undone (n integer)`)
      const failure = new Error('mine')
      const work = session.transaction(async (transaction) => {
        await transaction.execute(`create table ${SCHEMA}.undone_new (n integer)`)
        await transaction.execute(`alter table ${SCHEMA}.undone add column m integer`)
        await transaction.execute(`insert into ${SCHEMA}.undone (n) values (1)`)
        throw failure
      })
      await expect(work).rejects.toBe(failure)
      expect(await session.inspect({ schema: SCHEMA, name: 'undone_new' })).toBeUndefined()
      expect((await session.inspect({ schema: SCHEMA, name: 'undone' }))?.fields).toHaveLength(1)
      expect(await session.rows(`select count(*) as n from ${SCHEMA}.undone`)).toEqual([{ n: 0 }])
    })

    test('a transaction in which a statement failed does not commit, though the work went on', async () => {
      const { session } = get()
      await session.execute(`create table ${SCHEMA}.half (n integer)`)
      const work = session.transaction(async (transaction) => {
        await transaction.execute(`insert into ${SCHEMA}.half values (1)`)
        await transaction
          .execute(`insert into ${SCHEMA}.half values (cast('x' as integer))`)
          .catch(() => undefined)
      })
      await work.catch(() => undefined)
      const rows = await session.rows(`select count(*) as n from ${SCHEMA}.half`)
      const failed = await work.then(
        () => false,
        () => true,
      )
      // Whichever way the engine goes, what it says is what it did.
      expect(rows).toEqual([{ n: failed ? 0 : 1 }])
    })

    test('a session holds one transaction', async () => {
      const { session } = get()
      await session.transaction(async () => {
        await expect(session.transaction(async () => undefined)).rejects.toThrow(/one transaction/)
      })
      expect(await session.transaction(async (transaction) => transaction.rows('select 1 as one'))).toEqual([
        { one: 1 },
      ])
    })

    test('exported rows survive the rollback, one JSON object per line', async () => {
      const { session } = get()
      const path = join(folder, 'rows.ndjson')
      const work = session.transaction(async (transaction) => {
        await transaction.execute(
          `create table ${SCHEMA}.evidence as select n from generate_series(1, 5000) as s(n)`,
        )
        const exported = await transaction.exportRows(
          `select n, 'line' || chr(10) || '"quoted"' as words, cast(null as integer) as nothing from ${SCHEMA}.evidence order by n`,
          path,
        )
        expect(exported).toBe(5000)
        throw new Error('roll back')
      })
      await expect(work).rejects.toThrow('roll back')
      const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
      expect(lines).toHaveLength(5000)
      expect(lines.map((line) => JSON.parse(line))).toEqual(
        Array.from({ length: 5000 }, (_, i) => ({ n: i + 1, words: 'line\n"quoted"', nothing: null })),
      )
    })

    test('an export of nothing is an empty file', async () => {
      const { session } = get()
      const path = join(folder, 'none.ndjson')
      expect(await session.exportRows('select 1 as n where false', path)).toBe(0)
      expect(await readFile(path, 'utf8')).toBe('')
    })

    test('a failing export is the query’s error', async () => {
      const { session } = get()
      await expect(
        session.exportRows('select * from no_such_table', join(folder, 'x.ndjson')),
      ).rejects.toMatchObject({
        code: 'WW3001',
      })
      await writeFile(join(folder, 'still-there'), '')
      expect(await session.rows('select 1 as one')).toEqual([{ one: 1 }])
    })
  })
}
