import { describe, expect, test } from 'vitest'
import type { Batch } from '../../../src/batch/batch.ts'
import type { Field } from '../../../src/batch/logical-type.ts'
import { batchOf } from '../../support/arbitrary-batch.ts'
import { type EngineUnderTest, SCHEMA } from './engine-under-test.ts'

const id: Field = { name: 'id', type: { kind: 'int64' } }
const words: Field = { name: 'words', type: { kind: 'text' } }

export async function* stream(...batches: readonly Batch[]): AsyncGenerator<Batch> {
  yield* batches
}

export function loadContract(get: () => EngineUnderTest): void {
  describe('loading', () => {
    const table = (name: string) => ({ schema: SCHEMA, name })
    const make = async (name: string) => {
      const { engine, session } = get()
      const columns = [id, words].map(({ name, type }) => `${name} ${engine.dialect.typeName(type)}`)
      await session.execute(`create table ${SCHEMA}.${name} (${columns.join(', ')})`)
    }
    const rowsOf = (name: string) => get().session.rows(`select * from ${SCHEMA}.${name} order by id`)

    test('columns are matched by name, and those that do not arrive are null', async () => {
      const { session } = get()
      await make('by_name')
      expect(
        await session.load(
          table('by_name'),
          stream(batchOf([words, id], [['a', 1]]), batchOf([words, id], [])),
        ),
      ).toBe(1)
      expect(await session.load(table('by_name'), stream(batchOf([id], [[2], [3]])))).toBe(2)
      expect(await rowsOf('by_name')).toEqual([
        { id: 1, words: 'a' },
        { id: 2, words: null },
        { id: 3, words: null },
      ])
    })

    test('no batches and empty ones load nothing', async () => {
      const { session } = get()
      await make('nothing')
      expect(await session.load(table('nothing'), stream())).toBe(0)
      expect(await session.load(table('nothing'), stream(batchOf([id, words], [])))).toBe(0)
      expect(await rowsOf('nothing')).toEqual([])
    })

    test('batches of any size, far beyond any chunk', async () => {
      const { session } = get()
      await make('many')
      const batch = (from: number, rows: number) =>
        batchOf(
          [id, words],
          Array.from({ length: rows }, (_, i) => [from + i, i % 3 === 0 ? null : `row ${from + i}`]),
        )
      expect(
        await session.load(table('many'), stream(batch(0, 5000), batch(5000, 1), batch(5001, 2049))),
      ).toBe(7050)
      const rows = await rowsOf('many')
      expect(rows).toHaveLength(7050)
      expect(rows.every((row, i) => row['id'] === i)).toBe(true)
      expect(rows[4999]).toEqual({ id: 4999, words: 'row 4999' })
      expect(rows[4998]).toEqual({ id: 4998, words: null })
    })

    test.each([
      ['a column that the table does not have', [{ ...id, name: 'stranger' }]],
      ['a column of another type', [id, { name: 'words', type: { kind: 'boolean' } }]],
    ] as const)('%s is refused by name', async (_, fields) => {
      const { session } = get()
      await make(`refused_${fields.length}`)
      const batch = batchOf([...fields], [fields.map((field) => (field.type.kind === 'boolean' ? true : 1))])
      await expect(session.load(table(`refused_${fields.length}`), stream(batch))).rejects.toMatchObject({
        code: 'WW3008',
        message: expect.stringContaining(fields.at(-1)!.name),
      })
      expect(await rowsOf(`refused_${fields.length}`)).toEqual([])
    })

    test('a table that does not exist is refused', async () => {
      const load = get().session.load(table('no_such_table'), stream(batchOf([id], [[1]])))
      await expect(load).rejects.toMatchObject({
        code: 'WW3008',
        message: expect.stringContaining('no_such_table'),
      })
    })

    test('a source that fails leaves nothing behind, and the session goes on', async () => {
      const { session } = get()
      await make('broken')
      const failure = new Error('the source broke')
      const batches = (async function* () {
        yield batchOf(
          [id, words],
          Array.from({ length: 3000 }, (_, i) => [i, 'x']),
        )
        throw failure
      })()
      const work = session.transaction((transaction) => transaction.load(table('broken'), batches))
      await expect(work).rejects.toBe(failure)
      expect(await rowsOf('broken')).toEqual([])
    })

    test('a load belongs to its transaction', async () => {
      const { session, other } = get()
      await make('within')
      const work = session.transaction(async (transaction) => {
        await transaction.load(table('within'), stream(batchOf([id], [[1]])))
        expect(await transaction.rows(`select id from ${SCHEMA}.within`)).toEqual([{ id: 1 }])
        expect(await other.rows(`select id from ${SCHEMA}.within`)).toEqual([])
        throw new Error('roll back')
      })
      await expect(work).rejects.toThrow('roll back')
      expect(await rowsOf('within')).toEqual([])
    })

    test('a temporary table is loaded', async () => {
      const { session } = get()
      await session.execute('create temporary table loaded_briefly (id bigint)')
      expect(await session.load({ name: 'loaded_briefly' }, stream(batchOf([id], [[7]])))).toBe(1)
      expect(await session.rows('select * from loaded_briefly')).toEqual([{ id: 7 }])
    })
  })
}
