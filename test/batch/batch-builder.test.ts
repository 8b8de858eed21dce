import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchRows } from '../../src/batch/batch-rows.ts'
import { valueAt } from '../../src/batch/value-at.ts'
import { arbitraryRows, batchOf, everyField } from '../support/arbitrary-batch.ts'

test('values of every type come back from a batch as they went in', () => {
  fc.assert(
    fc.property(arbitraryRows, (rows) => {
      const batch = batchOf(everyField, rows)
      expect(batch.rows).toBe(rows.length)
      expect(rows.map((_, row) => batch.columns.map((column) => valueAt(column, row)))).toEqual(rows)
    }),
    { numRuns: 200 },
  )
})

test('columns grow far beyond their first capacity', () => {
  const rows = Array.from({ length: 5000 }, (_, row) => [row % 3 ? row : null, `text ${row}`, null])
  const fields = [
    { name: 'n', type: { kind: 'int64' } },
    { name: 't', type: { kind: 'text' } },
    { name: 'empty', type: { kind: 'date' } },
  ] as const
  const batch = batchOf(fields, rows)
  expect([...batchRows(batch)]).toEqual(rows.map(([n, t]) => ({ n, t, empty: null })))
})

test('a column without nulls carries no validity', () => {
  const batch = batchOf([{ name: 'n', type: { kind: 'int32' } }], [[1], [2]])
  expect(batch.columns[0]!.validity).toBeNull()
})

test('a column may have any name', () => {
  const batch = batchOf([{ name: '__proto__', type: { kind: 'int32' } }], [[1]])
  expect(Object.entries([...batchRows(batch)][0]!)).toEqual([['__proto__', 1]])
})

test.each([
  ['int8', 128],
  ['uint8', -1],
  ['int32', 1.5],
  ['int64', 2n ** 63n],
  ['uint64', -1n],
  ['int128', 2n ** 127n],
  ['int64', '1'],
  ['boolean', 1],
  ['float32', 0.1],
  ['date', '2023-02-29'],
  ['date', '2024-01-01T00:00:00'],
  ['time', '24:00:00.000001'],
  ['timestamp', '2024-01-01T25:00:00'],
  ['timestamp', '2024-01-01T00:00:00.1234567'],
  ['timestamp', '-290308-01-01T00:00:00'],
  ['date', '+9999999-01-01'],
  ['interval', 'P9999999999D'],
  ['uuid', '0'],
  ['bytes', 'xyz'],
  ['interval', 'P'],
  ['text', '\ud800'],
] as const)('a column of %s refuses %s', (kind, value) => {
  expect(() => batchOf([{ name: 'c', type: { kind } }], [[value]])).toThrow(/column c: /)
})

test.each(['123.4', '12.345', '1e1', '', '.'])('decimal(4,2) refuses %j', (value) => {
  expect(() =>
    batchOf([{ name: 'c', type: { kind: 'decimal', precision: 4, scale: 2 } }], [[value]]),
  ).toThrow(/column c/)
})
