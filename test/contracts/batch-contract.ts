import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Batch } from '../../src/batch/batch.ts'
import type { LogicalType } from '../../src/batch/logical-type.ts'
import { type CellValue, valueAt } from '../../src/batch/value-at.ts'
import { arbitraryRows, arbitraryValue, batchOf, everyField } from '../support/arbitrary-batch.ts'
import { type EngineUnderTest, SCHEMA } from './engine/engine-under-test.ts'

const fields = [{ name: 'id', type: { kind: 'int32' } as const }, ...everyField]

/** Values of every logical type go into the engine and come back the same, by every way it has. */
export function batchContract(get: () => EngineUnderTest): void {
  describe('batches', () => {
    const load = async (name: string, rows: readonly (readonly CellValue[])[], perBatch: number) => {
      const { engine, session } = get()
      const { dialect } = engine
      const table = { schema: SCHEMA, name }
      const columns = fields.map(({ name, type }) => `${dialect.identifier(name)} ${dialect.typeName(type)}`)
      await session.execute(`drop table if exists ${dialect.relation(table)}`)
      await session.execute(`create table ${dialect.relation(table)} (${columns.join(', ')})`)
      const numbered = rows.map((row, index) => [index, ...row])
      const batches = (async function* (): AsyncGenerator<Batch> {
        for (let at = 0; at < Math.max(1, numbered.length); at += perBatch) {
          yield batchOf(fields, numbered.slice(at, at + perBatch))
        }
      })()
      expect(await session.load(table, batches)).toBe(rows.length)
      const query = `select * from ${dialect.relation(table)} order by id`
      expect(await readAll(session.batches(query))).toEqual(canonical(numbered))
      return { query, numbered }
    }

    const roundTrip = async (name: string, rows: readonly (readonly CellValue[])[], perBatch: number) => {
      const { engine, session } = get()
      const { query, numbered } = await load(name, rows, perBatch)
      const some = `select * from (${query}) as t where id >= cast(${engine.dialect.parameter(1)} as integer) order by id`
      expect(await readAll(session.batches(some, [0]))).toEqual(canonical(numbered))
      const asRows = await session.rows(query)
      expect(canonical(asRows.map((row) => fields.map((field) => row[field.name] ?? null)))).toEqual(
        canonical(numbered),
      )
    }

    test('of any values', async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryRows, fc.integer({ min: 1, max: 40 }), (rows, perBatch) =>
          roundTrip('any_values', rows, perBatch),
        ),
        { numRuns: 12 },
      )
    })

    test('of no rows', () => roundTrip('no_values', [], 10))

    test('of nulls only', () =>
      roundTrip(
        'only_nulls',
        Array.from({ length: 100 }, () => everyField.map(() => null)),
        33,
      ))

    test('of more rows than any chunk holds, in one batch', async () => {
      const samples = everyField.map(({ type }, index) =>
        fc.sample(arbitraryValue(type), { seed: index, numRuns: 97 }),
      )
      const rows = Array.from({ length: 9001 }, (_, row) =>
        samples.map((values, column) =>
          (row + column) % 5 === 0 ? null : (values[(row * 7 + column) % 97] ?? null),
        ),
      )
      await load('many_values', rows, 9001)
    })
  })
}

async function readAll(batches: AsyncIterable<Batch>): Promise<string[]> {
  const rows: CellValue[][] = []
  for await (const { rows: count, columns } of batches) {
    for (let row = 0; row < count; row++) rows.push(columns.map((column) => valueAt(column, row)))
  }
  return canonical(rows)
}

/**
 * Types may widen on the way (an engine without unsigned numbers), values may not change: whole numbers compare as
 * their digits, json as what it means. As text, for that is quick to compare and tells 0 from -0.
 */
function canonical(rows: readonly (readonly CellValue[])[]): string[] {
  return rows.map((row) =>
    inspect(
      row.map((value, index) => canonicalValue(value, fields[index]!.type)),
      {
        depth: null,
        sorted: true,
        compact: true,
        maxStringLength: null,
        maxArrayLength: null,
        breakLength: Infinity,
      },
    ),
  )
}

function canonicalValue(value: CellValue, { kind }: LogicalType): unknown {
  if (value === null) return null
  if (kind === 'json') return { json: JSON.parse(String(value)) }
  return /^u?int/.test(kind) ? String(value) : value
}
