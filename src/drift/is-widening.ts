import type { LogicalType } from '../batch/logical-type.ts'

/** Bits of the values of whole-number types, and whether they have a sign. */
const WHOLE: Readonly<Record<string, { readonly bits: number; readonly signed: boolean }>> = {
  int8: { bits: 8, signed: true },
  int16: { bits: 16, signed: true },
  int32: { bits: 32, signed: true },
  int64: { bits: 64, signed: true },
  int128: { bits: 128, signed: true },
  uint8: { bits: 8, signed: false },
  uint16: { bits: 16, signed: false },
  uint32: { bits: 32, signed: false },
  uint64: { bits: 64, signed: false },
}

/** Up to here, either way of zero, a floating-point type has every whole number (IEEE 754). */
const EXACT: Readonly<Record<string, bigint>> = { float32: 2n ** 24n, float64: 2n ** 53n }

/**
 * Whether `to` is another type than `from` that has every value of it. Dates become timestamps at midnight; those
 * beyond the timestamps' range (after the year 294246) are left out of account. Text is wider than nothing: a number
 * written out is another value.
 */
export function isWidening(from: LogicalType, to: LogicalType): boolean {
  if (from.kind === 'date') return to.kind === 'timestamp'
  if (from.kind === 'float32') return to.kind === 'float64'
  if (from.kind === 'decimal' && to.kind === 'decimal') {
    const grows = to.precision !== from.precision || to.scale !== from.scale
    return grows && to.scale >= from.scale && to.precision - to.scale >= from.precision - from.scale
  }
  const range = wholeRange(from)
  if (range === undefined || to.kind === from.kind) return false
  const { least, greatest } = range
  const limit = EXACT[to.kind]
  if (limit !== undefined) return greatest <= limit && -least <= limit
  const wider = wholeDigits(to) ?? wholeRange(to)
  return wider !== undefined && wider.least <= least && wider.greatest >= greatest
}

interface Range {
  readonly least: bigint
  readonly greatest: bigint
}

/** The values of a type that are all whole. */
function wholeRange(type: LogicalType): Range | undefined {
  if (type.kind === 'decimal') return type.scale === 0 ? wholeDigits(type) : undefined
  const whole = WHOLE[type.kind]
  if (whole === undefined) return undefined
  const { bits, signed } = whole
  return signed
    ? { least: -(2n ** BigInt(bits - 1)), greatest: 2n ** BigInt(bits - 1) - 1n }
    : { least: 0n, greatest: 2n ** BigInt(bits) - 1n }
}

/** The whole numbers that a decimal has. */
function wholeDigits(type: LogicalType): Range | undefined {
  if (type.kind !== 'decimal') return undefined
  const greatest = 10n ** BigInt(type.precision - type.scale) - 1n
  return { least: -greatest, greatest }
}
