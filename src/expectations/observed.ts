import type { LogicalType } from '../batch/logical-type.ts'
import type { Scalar } from '../engines/dialect.ts'

/**
 * A value as it stands in a validation result: numbers as numbers, also those that engines give as text. What readers of JSON have no
 * number for (NaN, the infinities, whole numbers beyond 2^53) is a text.
 */
export function observed(value: Scalar, { kind }: LogicalType): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  const isNumber = /^(?:u?int|float|decimal)/.test(kind)
  return isNumber && typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value
}
