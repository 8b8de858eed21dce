import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogicalType } from '../../src/batch/logical-type.ts'
import { logicalTypeName } from '../../src/batch/logical-type-name.ts'
import { isWidening } from '../../src/drift/is-widening.ts'

const decimal = fc
  .integer({ min: 1, max: 38 })
  .chain((precision) =>
    fc
      .integer({ min: 0, max: precision })
      .map((scale): LogicalType => ({ kind: 'decimal', precision, scale })),
  )
const SIGNED = { int8: 8, int16: 16, int32: 32, int64: 64, int128: 128 } as const
const UNSIGNED = { uint8: 8, uint16: 16, uint32: 32, uint64: 64 } as const
const kinds = <T extends Record<string, number>>(bits: T) =>
  fc.constantFrom(...(Object.keys(bits) as (keyof T & string)[]))
const whole = fc.oneof(kinds(SIGNED), kinds(UNSIGNED)).map((kind): LogicalType => ({ kind }))
const exact = fc.oneof(whole, decimal)
const floating = fc.constantFrom('float32', 'float64').map((kind): LogicalType => ({ kind }))
const other = fc
  .constantFrom(
    'boolean',
    'text',
    'json',
    'uuid',
    'bytes',
    'date',
    'time',
    'timestamp',
    'timestamptz',
    'interval',
  )
  .map((kind): LogicalType => ({ kind }))
const any = fc.oneof(exact, floating, other)

/** A value of an exact type is `units` of 10^-scale. */
interface Value {
  readonly units: bigint
  readonly scale: number
}

/** The greatest, the least, and the value next to the greatest: what another type lacks of a type is among them. */
function edges(type: LogicalType): readonly Value[] {
  if (type.kind === 'decimal') {
    const units = 10n ** BigInt(type.precision) - 1n
    return [units, -units, units - 1n].map((each) => ({ units: each, scale: type.scale }))
  }
  const bits = BigInt({ ...SIGNED, ...UNSIGNED }[type.kind as 'int8'])
  const [least, greatest] =
    type.kind in SIGNED ? [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n] : [0n, 2n ** bits - 1n]
  return [greatest, least, greatest - 1n].map((units) => ({ units, scale: 0 }))
}

function has(type: LogicalType, { units, scale }: Value): boolean {
  const one = 10n ** BigInt(scale)
  if (type.kind === 'decimal') {
    const shifted = units * 10n ** BigInt(type.scale)
    return shifted % one === 0n && abs(shifted / one) < 10n ** BigInt(type.precision)
  }
  if (units % one !== 0n) return false
  const value = units / one
  const [greatest, least] = edges(type)
  return value <= greatest!.units && value >= least!.units
}

const abs = (n: bigint): bigint => (n < 0n ? -n : n)
const same = (a: LogicalType, b: LogicalType): boolean => logicalTypeName(a) === logicalTypeName(b)

describe('widening', () => {
  it('of exact numbers is to have every value of the old type, and to be another type', () => {
    fc.assert(
      fc.property(exact, exact, (from, to) => {
        const expected = !same(from, to) && edges(from).every((value) => has(to, value))
        expect(isWidening(from, to)).toBe(expected)
      }),
      { numRuns: 3000 },
    )
  })

  it('to floating point is for whole numbers that all survive it', () => {
    fc.assert(
      fc.property(exact, floating, (from, to) => {
        if (!isWidening(from, to)) return
        const round = to.kind === 'float32' ? Math.fround : (n: number) => n
        for (const { units, scale } of edges(from)) {
          expect(scale).toBe(0)
          expect(BigInt(round(Number(units)))).toBe(units)
        }
      }),
    )
    const kinds = ['int16', 'int32', 'int64'] as const
    expect(kinds.map((kind) => isWidening({ kind }, { kind: 'float32' }))).toEqual([true, false, false])
    expect(kinds.map((kind) => isWidening({ kind }, { kind: 'float64' }))).toEqual([true, true, false])
  })

  it('is an order: never back, and never from a type to itself', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(isWidening(a, a)).toBe(false)
        if (isWidening(a, b)) expect(isWidening(b, a)).toBe(false)
      }),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        if (isWidening(a, b) && isWidening(b, c) && !same(a, c)) expect(isWidening(a, c)).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })

  it.each([
    ['date', 'timestamp', true],
    ['timestamp', 'date', false],
    ['date', 'timestamptz', false],
    ['timestamp', 'timestamptz', false],
    ['float32', 'float64', true],
    ['float64', 'float32', false],
    ['int32', 'text', false],
    ['uuid', 'text', false],
    ['text', 'json', false],
    ['boolean', 'int32', false],
  ] as const)('from %s to %s: %s', (from, to, expected) => {
    expect(isWidening({ kind: from }, { kind: to })).toBe(expected)
  })
})
