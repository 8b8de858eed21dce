import type { ColumnBuilder } from '../batch/column-builder.ts'
import { Misfit } from '../batch/misfit.ts'
import { WideBuilder } from '../batch/wide-builder.ts'
import { WordBuilder } from '../batch/word-builder.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { ValueReader } from './copy-decoder.ts'
import { numericText } from './numeric-text.ts'

const NEGATIVE = 0x4000
const WORD = 2 ** 32
const MORE_DECIMALS = 'a number of more decimals'
const MORE_DIGITS = 'a number of more digits'
const INT128_LIMIT = 2n ** 127n

/**
 * Reads `numeric` into scaled whole numbers. Binary form (`numeric_send`): count of base-10000 digits, weight of the
 * first, sign, display scale, digits; 16 bits each. What the decimal cannot hold (NaN, infinities, more digits) throws
 * a Misfit.
 */
export function numericReader(builder: ColumnBuilder): ValueReader {
  const { type } = builder.field
  const scale = type.kind === 'decimal' ? type.scale : 0
  const limit = type.kind === 'decimal' ? 10n ** BigInt(type.precision) : INT128_LIMIT
  const numberLimit = Number(limit)
  if (builder instanceof WordBuilder) {
    return (bytes, at) => {
      const count = uint16(bytes, at)
      const exponent = exponentOf(bytes, at, count, scale)
      if (count * 4 + Math.max(0, exponent) > 15) builder.appendBigInt(scaledBigInt(bytes, at, scale, limit))
      else {
        const value = scaledNumber(bytes, at, count, exponent, numberLimit)
        const high = Math.floor(value / WORD)
        builder.appendWords(high | 0, (value - high * WORD) | 0)
      }
    }
  }
  if (!(builder instanceof WideBuilder)) {
    throw new WaterworksError('WW9001', { message: `column ${builder.field.name} does not hold decimals` })
  }
  return (bytes, at) => {
    builder.appendBigInt(scaledBigInt(bytes, at, scale, limit))
  }
}

/** Power of ten by which the digits, read as one whole number, are to be multiplied. */
function exponentOf(bytes: Uint8Array, at: number, count: number, scale: number): number {
  const weight = (uint16(bytes, at + 2) << 16) >> 16
  return (weight - count + 1) * 4 + scale
}

function scaledNumber(bytes: Uint8Array, at: number, count: number, exponent: number, limit: number): number {
  const negative = isNegative(bytes, at)
  let value = 0
  for (let digit = 0; digit < count; digit++) value = value * 10_000 + uint16(bytes, at + 8 + digit * 2)
  if (exponent > 0) value *= 10 ** exponent
  else if (exponent < 0) {
    value /= 10 ** -exponent
    if (!Number.isInteger(value)) throw new Misfit(MORE_DECIMALS, numericText(bytes, at))
  }
  if (value >= limit) throw new Misfit(MORE_DIGITS, numericText(bytes, at))
  return negative ? -value : value
}

function scaledBigInt(bytes: Uint8Array, at: number, scale: number, limit: bigint): bigint {
  const negative = isNegative(bytes, at)
  const count = uint16(bytes, at)
  const exponent = exponentOf(bytes, at, count, scale)
  let value = 0n
  for (let digit = 0; digit < count; digit++)
    value = value * 10_000n + BigInt(uint16(bytes, at + 8 + digit * 2))
  if (exponent > 0) value *= 10n ** BigInt(exponent)
  else if (exponent < 0) {
    const divisor = 10n ** BigInt(-exponent)
    if (value % divisor !== 0n) throw new Misfit(MORE_DECIMALS, numericText(bytes, at))
    value /= divisor
  }
  // Of whole numbers of 128 bits there is one more below zero than above.
  const fits = value < limit || (negative && value === INT128_LIMIT)
  if (!fits) throw new Misfit(MORE_DIGITS, numericText(bytes, at))
  return negative ? -value : value
}

function isNegative(bytes: Uint8Array, at: number): boolean {
  const sign = uint16(bytes, at + 4)
  if (sign !== 0 && sign !== NEGATIVE) throw new Misfit('NaN or an infinity', numericText(bytes, at))
  return sign === NEGATIVE
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!
}
