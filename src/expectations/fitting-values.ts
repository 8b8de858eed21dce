import type { LogicalType } from '../batch/logical-type.ts'
import type { Scalar } from '../engines/dialect.ts'
import type { Value } from './kwargs.ts'

/** The values that a column of a type can be equal to. A text is no number, whatever its digits. */
export function fittingValues(values: readonly Value[], type: LogicalType): readonly Scalar[] {
  return values.filter((value) => value !== null && fits(value, type))
}

function fits(value: Exclude<Value, null>, { kind }: LogicalType): boolean {
  if (/^(?:u?int|float|decimal)/.test(kind))
    return typeof value === 'number' && (Number.isInteger(value) || !/int/.test(kind))
  if (kind === 'boolean') return typeof value === 'boolean'
  return typeof value === 'string'
}
