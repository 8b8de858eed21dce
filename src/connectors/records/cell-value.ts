import type { Json } from '../../api-manifest/json.ts'
import type { LogicalType } from '../../batch/logical-type.ts'
import { parseDate, parseTimestamp } from '../../batch/parse-value.ts'
import type { CellValue } from '../../batch/value-at.ts'
import { jsonText } from './sorted-json.ts'

const INT64 = 2n ** 63n
const OFFSET = /(?:[zZ]|[+-]\d{2}(?::?\d{2})?)$/

/** A value as a column of a type holds it, unchanged; undefined when the type cannot hold it. */
export function cellValue(value: Json, type: LogicalType): CellValue | undefined {
  if (value === null) return null
  switch (type.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'int64':
      return wholeNumber(value, INT64)
    case 'int128':
      return wholeNumber(value, 2n ** 127n)
    case 'float64':
      if (typeof value === 'bigint') return BigInt(Number(value)) === value ? Number(value) : undefined
      return typeof value === 'number' ? value : undefined
    case 'text':
      if (typeof value === 'object') return undefined
      return typeof value === 'string' ? wellFormed(value) : String(value)
    case 'json':
      return wellFormed(jsonText(value))
    case 'date':
      return typeof value === 'string' && parseDate(value) !== undefined ? value : undefined
    case 'timestamp':
      return typeof value === 'string' && !OFFSET.test(value) && parseTimestamp(value) !== undefined
        ? value
        : undefined
    case 'timestamptz':
      return typeof value === 'string' && parseTimestamp(value) !== undefined ? value : undefined
    default:
      return undefined
  }
}

function wholeNumber(value: Json, limit: bigint): CellValue | undefined {
  if (typeof value === 'bigint') return value < limit && value >= -limit ? value : undefined
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined
}

/** Half of a character that takes two is no text. */
function wellFormed(text: string): string | undefined {
  return text.isWellFormed() ? text : undefined
}
