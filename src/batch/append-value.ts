import { WaterworksError } from '../errors/waterworks-error.ts'
import { BytesBuilder } from './bytes-builder.ts'
import type { ColumnBuilder } from './column-builder.ts'
import { IntervalBuilder } from './interval-builder.ts'
import type { LogicalType } from './logical-type.ts'
import { logicalTypeName } from './logical-type-name.ts'
import { NumberBuilder } from './number-builder.ts'
import {
  parseBytes,
  parseDate,
  parseDecimal,
  parseInterval,
  parseTime,
  parseTimestamp,
  parseUuid,
} from './parse-value.ts'
import type { CellValue } from './value-at.ts'
import { WordBuilder } from './word-builder.ts'

const INTEGER_RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int8: [-(2n ** 7n), 2n ** 7n - 1n],
  int16: [-(2n ** 15n), 2n ** 15n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  int128: [-(2n ** 127n), 2n ** 127n - 1n],
  uint8: [0n, 2n ** 8n - 1n],
  uint16: [0n, 2n ** 16n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
}

/**
 * Appends a value as `valueAt` gives it (bytes may also come as bytes, whole numbers as number or bigint).
 * Throws WW3004 when the value is not one of the column's type; nothing is rounded or cut.
 */
export function appendValue(builder: ColumnBuilder, value: CellValue | Uint8Array): void {
  if (value === null) {
    builder.appendNull()
    return
  }
  if (append(builder, value)) return
  const { name, type } = builder.field
  throw new WaterworksError('WW3004', {
    message: `column ${name}: a ${typeof value} value cannot be held as ${logicalTypeName(type)}`,
  })
}

function append(builder: ColumnBuilder, value: Exclude<CellValue, null> | Uint8Array): boolean {
  const { type } = builder.field
  if (builder instanceof NumberBuilder) {
    const number = asNumber(value, type)
    if (number !== undefined) builder.appendNumber(number)
    return number !== undefined
  }
  if (builder instanceof BytesBuilder) {
    const bytes = asBytes(value, type)
    if (bytes) builder.appendBytes(bytes, 0, bytes.length)
    return bytes !== undefined
  }
  if (builder instanceof IntervalBuilder) {
    const parts = typeof value === 'string' ? parseInterval(value) : undefined
    if (parts) builder.appendParts(parts.months, parts.days, parts.micros)
    return parts !== undefined
  }
  const whole = asBigInt(value, type)
  if (whole === undefined) return false
  if (builder instanceof WordBuilder) builder.appendBigInt(whole)
  else builder.appendBigInt(whole)
  return true
}

function asNumber(value: CellValue | Uint8Array, type: LogicalType): number | undefined {
  switch (type.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? Number(value) : undefined
    case 'float32':
      return typeof value === 'number' && Object.is(Math.fround(value), value) ? value : undefined
    case 'float64':
      return typeof value === 'number' ? value : undefined
    case 'date':
      return typeof value === 'string' ? parseDate(value) : undefined
    default: {
      const whole = asWhole(value, type)
      return whole === undefined ? undefined : Number(whole)
    }
  }
}

function asBigInt(value: CellValue | Uint8Array, type: LogicalType): bigint | undefined {
  switch (type.kind) {
    case 'time':
      return typeof value === 'string' ? parseTime(value) : undefined
    case 'timestamp':
    case 'timestamptz':
      return typeof value === 'string' ? parseTimestamp(value) : undefined
    case 'decimal': {
      const scaled = typeof value === 'string' ? parseDecimal(value, type.scale) : undefined
      const limit = 10n ** BigInt(type.precision)
      return scaled !== undefined && scaled < limit && scaled > -limit ? scaled : undefined
    }
    default:
      return asWhole(value, type)
  }
}

function asWhole(value: CellValue | Uint8Array, type: LogicalType): bigint | undefined {
  const whole = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value
  const range = INTEGER_RANGES[type.kind]
  if (typeof whole !== 'bigint' || range === undefined) return undefined
  return whole >= range[0] && whole <= range[1] ? whole : undefined
}

function asBytes(value: CellValue | Uint8Array, type: LogicalType): Uint8Array | undefined {
  if (type.kind === 'bytes' && value instanceof Uint8Array) return value
  if (typeof value !== 'string') return undefined
  if (type.kind === 'bytes') return parseBytes(value)
  if (type.kind === 'uuid') return parseUuid(value)
  return value.isWellFormed() ? Buffer.from(value, 'utf8') : undefined
}
