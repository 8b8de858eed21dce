import { compareScalars } from '../quality/compare-scalars.ts'
import type { Value } from './kwargs.ts'
import { Refusal } from './refusal.ts'

/** The bounds that are given, as long as something may lie between them. */
export function requireOrder<T extends Value>(
  min: T | undefined,
  max: T | undefined,
): { readonly min?: T; readonly max?: T } {
  if (min != null && max != null && compareScalars(min, max) > 0) {
    throw new Refusal('min_value cannot be greater than max_value')
  }
  return { ...(min == null ? {} : { min }), ...(max == null ? {} : { max }) }
}
