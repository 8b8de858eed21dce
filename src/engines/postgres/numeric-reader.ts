import type { ColumnBuilder } from '../../batch/column-builder.ts'
import type { Field } from '../../batch/logical-type.ts'
import { WideBuilder } from '../../batch/wide-builder.ts'
import { WordBuilder } from '../../batch/word-builder.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { ValueReader } from './copy-decoder.ts'

const NEGATIVE = 0x4000
const WORD = 2 ** 32
const INT128_MAX = 2n ** 127n - 1n
const INT128_MIN = -(2n ** 127n)

/**
 * Reads `numeric` into scaled whole numbers. Binary form (`numeric_send`): count of base-10000 digits, weight of the
 * first, sign, display scale, digits; 16 bits each. NaN and infinities, which decimals cannot hold, throw WW3004.
 */
export function numericReader(builder: ColumnBuilder): ValueReader {
  const { type } = builder.field
  const scale = type.kind === 'decimal' ? type.scale : 0
  if (builder instanceof WordBuilder) {
    return (bytes, at) => {
      const count = uint16(bytes, at)
      const exponent = exponentOf(bytes, at, count, scale)
      if (count * 4 + Math.max(0, exponent) > 15)
        builder.appendBigInt(scaledBigInt(bytes, at, scale, builder.field))
      else {
        const value = scaledNumber(bytes, at, count, exponent, builder.field)
        const high = Math.floor(value / WORD)
        builder.appendWords(high | 0, (value - high * WORD) | 0)
      }
    }
  }
  if (!(builder instanceof WideBuilder)) {
    throw new WaterworksError('WW9001', { message: `column ${builder.field.name} does not hold decimals` })
  }
  return (bytes, at) => {
    const value = scaledBigInt(bytes, at, scale, builder.field)
    if (type.kind === 'int128' && (value > INT128_MAX || value < INT128_MIN)) {
      throw outOfRange(builder.field, 'a number beyond 128 bits')
    }
    builder.appendBigInt(value)
  }
}

/** Power of ten by which the digits, read as one whole number, are to be multiplied. */
function exponentOf(bytes: Uint8Array, at: number, count: number, scale: number): number {
  const weight = (uint16(bytes, at + 2) << 16) >> 16
  return (weight - count + 1) * 4 + scale
}

function scaledNumber(bytes: Uint8Array, at: number, count: number, exponent: number, field: Field): number {
  const negative = isNegative(bytes, at, field)
  let value = 0
  for (let digit = 0; digit < count; digit++) value = value * 10_000 + uint16(bytes, at + 8 + digit * 2)
  if (exponent > 0) value *= 10 ** exponent
  else if (exponent < 0) value /= 10 ** -exponent
  return negative ? -value : value
}

function scaledBigInt(bytes: Uint8Array, at: number, scale: number, field: Field): bigint {
  const negative = isNegative(bytes, at, field)
  const count = uint16(bytes, at)
  const exponent = exponentOf(bytes, at, count, scale)
  let value = 0n
  for (let digit = 0; digit < count; digit++)
    value = value * 10_000n + BigInt(uint16(bytes, at + 8 + digit * 2))
  if (exponent > 0) value *= 10n ** BigInt(exponent)
  else if (exponent < 0) value /= 10n ** BigInt(-exponent)
  return negative ? -value : value
}

function isNegative(bytes: Uint8Array, at: number, field: Field): boolean {
  const sign = uint16(bytes, at + 4)
  if (sign !== 0 && sign !== NEGATIVE) throw outOfRange(field, 'NaN or an infinity')
  return sign === NEGATIVE
}

function outOfRange(field: Field, what: string): WaterworksError {
  return new WaterworksError('WW3004', {
    message: `column ${field.name} holds ${what}, which a ${field.type.kind} cannot be`,
  })
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!
}
