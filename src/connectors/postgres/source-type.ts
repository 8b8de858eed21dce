import type { LogicalType } from '../../batch/logical-type.ts'
import { logicalTypeName } from '../../batch/logical-type-name.ts'
import { OID, typeOfOid } from '../../postgres-protocol/postgres-types.ts'
import type { KeyAxis } from '../tables/table-dialect.ts'

/** How a column of the source becomes one of a batch. */
export interface ColumnReading {
  /** What it is read as. */
  readonly type: LogicalType
  /** What it is in the batches: text where values are still to be judged. */
  readonly landedAs: LogicalType
  /** Whether the query must ask for its text. */
  readonly asText: boolean
}

const MAX_PRECISION = 38
const WHOLE: readonly number[] = [OID.int2, OID.int4, OID.int8]
const TEXT: LogicalType = { kind: 'text' }

/**
 * The documented rule of docs/postgres-source.md. Types whose binary form has no exact counterpart are read as the
 * text that the source writes, and so is `json`, of which no other form keeps every character.
 * @param oid of the type itself, below any domains
 * @param declared the type that the pipeline states, if it does
 */
export function readingOf(oid: number, modifier: number, declared: LogicalType | undefined): ColumnReading {
  const own = ownType(oid, modifier)
  if (declared === undefined) {
    return own === undefined
      ? { type: TEXT, landedAs: TEXT, asText: true }
      : { type: own, landedAs: own, asText: false }
  }
  const same = own !== undefined && logicalTypeName(own) === logicalTypeName(declared)
  // Any numeric is read as any decimal: values that do not fit are told apart one by one.
  const isDecimal = oid === OID.numeric && (declared.kind === 'decimal' || declared.kind === 'int128')
  const isJson = declared.kind === 'json' && oid === OID.json
  if (same || isDecimal || isJson) return { type: declared, landedAs: declared, asText: false }
  return { type: declared, landedAs: TEXT, asText: true }
}

function ownType(oid: number, modifier: number): LogicalType | undefined {
  if (oid === OID.json) return undefined
  return typeOfOid(oid, modifier) ?? (oid === OID.numeric ? unusualNumeric(modifier) : undefined)
}

/** `numeric(5,-2)` has zeros before the point, `numeric(2,4)` after it: both are decimals of more digits. */
function unusualNumeric(modifier: number): LogicalType | undefined {
  if (modifier < 4) return undefined
  const precision = ((modifier - 4) >> 16) & 0xffff
  const scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024
  const digits = scale < 0 ? precision - scale : Math.max(precision, scale)
  return digits > MAX_PRECISION
    ? undefined
    : { kind: 'decimal', precision: digits, scale: Math.max(0, scale) }
}

/** On what axis the values of a type lie, for lags and chunks of incremental keys; undefined where there is none. */
export function axisOf(oid: number): KeyAxis | undefined {
  if (WHOLE.includes(oid)) return 'whole'
  if (oid === OID.numeric || oid === OID.float4 || oid === OID.float8) return 'number'
  if (oid === OID.date) return 'date'
  return oid === OID.timestamp || oid === OID.timestamptz ? 'time' : undefined
}
