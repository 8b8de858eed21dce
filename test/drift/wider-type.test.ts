import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogicalType } from '../../src/batch/logical-type.ts'
import { isWidening } from '../../src/drift/is-widening.ts'
import { widerType } from '../../src/drift/wider-type.ts'

const of = (kind: LogicalType['kind']) => ({ kind }) as LogicalType
const decimal = (precision: number, scale: number): LogicalType => ({ kind: 'decimal', precision, scale })
const WHOLE = ['int8', 'int16', 'int32', 'int64', 'int128', 'uint8', 'uint16', 'uint32', 'uint64'] as const
const any = fc.oneof(
  fc.constantFrom(...WHOLE, 'float32', 'float64', 'text', 'json', 'date', 'timestamp', 'boolean').map(of),
  fc.nat(38).chain((scale) => fc.integer({ min: Math.max(1, scale), max: 38 }).map((p) => decimal(p, scale))),
)

describe('what a column becomes', () => {
  it.each([
    ['smallint for integer', of('int16'), of('int32'), of('int32'), true],
    ['signed and unsigned: the next larger', of('int32'), of('uint32'), of('int64'), true],
    ['bigint for a decimal', of('int64'), decimal(10, 2), decimal(21, 2), true],
    ['two decimals: the digits of both', decimal(6, 2), decimal(5, 4), decimal(8, 4), true],
    ['bigint for a double, where it is the same', of('int64'), of('float64'), of('float64'), false],
    ['integer for a double', of('int32'), of('float64'), of('float64'), true],
    ['real for bigint', of('float32'), of('int64'), of('float64'), true],
    ['date for timestamp', of('date'), of('timestamp'), of('timestamp'), true],
  ] as const)('%s', (_, column, arriving, type, hasAll) => {
    expect(widerType(column, arriving)).toEqual({ type, hasAll })
  })

  it.each([
    ['the same', of('int32'), of('int32')],
    ['narrower', of('int64'), of('int16')],
    ['a timestamp for a date', of('timestamp'), of('date')],
    ['text for a number', of('text'), of('int32')],
    ['a number for text', of('int32'), of('text')],
    ['decimals for doubles', decimal(10, 2), of('float64')],
    ['more digits than there can be', decimal(38, 0), decimal(38, 38)],
    ['times with and without a zone', of('timestamp'), of('timestamptz')],
  ] as const)('stays for %s', (_, column, arriving) => {
    expect(widerType(column, arriving)).toBeUndefined()
  })

  it('a type that has all values of the column’s, and then nothing is wider again', () => {
    fc.assert(
      fc.property(any, any, (column, arriving) => {
        const found = widerType(column, arriving)
        if (found === undefined) return
        expect(found.type).not.toEqual(column)
        if (found.hasAll && found.type.kind !== 'float64') expect(isWidening(column, found.type)).toBe(true)
        expect(widerType(found.type, arriving)).toBeUndefined()
        expect(widerType(found.type, column)).toBeUndefined()
      }),
    )
  })
})
