import type { Scalar } from '../engines/dialect.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'

/** A count among a metric's values: engines give them as number, bigint or decimal text. Throws WW9001 for what is none. */
export function countIn(values: readonly Scalar[], index = 0): number {
  const value = values[index]
  const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value)
  if (Number.isNaN(number)) {
    throw new WaterworksError('WW9001', { message: "a check's query gave no number where a count should be" })
  }
  return number
}
