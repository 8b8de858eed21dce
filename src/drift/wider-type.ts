import type { LogicalType } from '../batch/logical-type.ts'
import { logicalTypeName } from '../batch/logical-type-name.ts'
import { isWidening } from './is-widening.ts'

/** A type that a column may become for values that its own cannot hold. */
export interface WiderType {
  readonly type: LogicalType
  /** Whether it has every value of the column's type; else each value that is there must be looked at. */
  readonly hasAll: boolean
}

/**
 * What a column's type becomes where values of another arrive, so that it holds both: whole numbers the smallest that does, or a
 * decimal with the digits of both, or `double precision` for numbers with a fraction; a date a timestamp; `real` `double precision`.
 * Undefined where the column's type is wide enough, and where no type holds both: text is another value, not a wider one.
 */
export function widerType(column: LogicalType, arriving: LogicalType): WiderType | undefined {
  if (logicalTypeName(column) === logicalTypeName(arriving)) return undefined
  if (isWidening(column, arriving)) return { type: arriving, hasAll: true }
  if (isWidening(arriving, column)) return undefined
  const numbers = exactType(column, arriving)
  if (numbers !== undefined) return { type: numbers, hasAll: true }
  const isFloat = arriving.kind === 'float64' || arriving.kind === 'float32'
  // Decimals are kept: what a text file has as 1.5 was never meant to make amounts inexact.
  if (isFloat && WHOLE.has(column.kind)) return { type: { kind: 'float64' }, hasAll: false }
  if (column.kind === 'float32' && (WHOLE.has(arriving.kind) || arriving.kind === 'decimal'))
    return { type: { kind: 'float64' }, hasAll: true }
  return undefined
}

const SIGNED = ['int8', 'int16', 'int32', 'int64', 'int128'] as const
const UNSIGNED = ['uint8', 'uint16', 'uint32', 'uint64'] as const
const WHOLE: ReadonlySet<string> = new Set([...SIGNED, ...UNSIGNED])
/** Digits of the longest value. */
const DIGITS: Readonly<Record<string, number>> = {
  int8: 3,
  int16: 5,
  int32: 10,
  int64: 19,
  int128: 39,
  uint8: 3,
  uint16: 5,
  uint32: 10,
  uint64: 20,
}

/** The least exact type that has every value of two that are exact, neither of which has every value of the other. */
function exactType(a: LogicalType, b: LogicalType): LogicalType | undefined {
  if (WHOLE.has(a.kind) && WHOLE.has(b.kind)) {
    const kind = SIGNED.find((each) =>
      [a, b].every((type) => type.kind === each || isWidening(type, { kind: each })),
    )
    return kind === undefined ? undefined : { kind }
  }
  const [one, other] = [digitsOf(a), digitsOf(b)]
  if (one === undefined || other === undefined) return undefined
  const scale = Math.max(one.scale, other.scale)
  const precision = Math.max(one.before, other.before) + scale
  return precision <= 38 ? { kind: 'decimal', precision, scale } : undefined
}

function digitsOf(type: LogicalType): { readonly before: number; readonly scale: number } | undefined {
  if (type.kind === 'decimal') return { before: type.precision - type.scale, scale: type.scale }
  const digits = DIGITS[type.kind]
  return digits === undefined ? undefined : { before: digits, scale: 0 }
}
