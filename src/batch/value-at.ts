import type { BytesColumn, Column, FixedColumn } from './batch.ts'
import { isValid } from './batch.ts'
import {
  formatBytes,
  formatDate,
  formatDecimal,
  formatInterval,
  formatTime,
  formatTimestamp,
  formatUuid,
} from './format-value.ts'

/** A value of a batch on its own: what SQL engines call a scalar. */
export type CellValue = null | boolean | number | bigint | string

/**
 * One value of a column as plain JavaScript: whole numbers as numbers, beyond 2^53 as bigint; decimals as exact
 * text; dates, times and timestamps as ISO 8601 text (Z when zoned, `infinity` by name); intervals as ISO 8601
 * durations; json and uuid as text; bytes as \x hex text.
 */
export function valueAt(column: Column, row: number): CellValue {
  if (!isValid(column.validity, row)) return null
  switch (column.storage) {
    case 'fixed':
      return fixedValue(column, row)
    case 'bytes':
      return bytesValue(column, row)
    case 'wide':
      return column.type.kind === 'decimal'
        ? formatDecimal(column.values[row]!, column.type.scale)
        : whole(column.values[row]!)
    case 'interval':
      return formatInterval(column.months[row]!, column.days[row]!, column.micros[row]!)
  }
}

function fixedValue({ type, values }: FixedColumn, row: number): CellValue {
  const value = values[row]!
  switch (type.kind) {
    case 'boolean':
      return value !== 0
    case 'date':
      return formatDate(Number(value))
    case 'time':
      return formatTime(BigInt(value))
    case 'timestamp':
    case 'timestamptz':
      return formatTimestamp(BigInt(value), type.kind === 'timestamptz')
    case 'decimal':
      return formatDecimal(BigInt(value), type.scale)
    default:
      return typeof value === 'bigint' ? whole(value) : value
  }
}

function bytesValue({ type, offsets, bytes }: BytesColumn, row: number): string {
  const value = bytes.subarray(offsets[row]!, offsets[row + 1]!)
  if (type.kind === 'bytes') return formatBytes(value)
  if (type.kind === 'uuid') return formatUuid(value)
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8')
}

function whole(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
