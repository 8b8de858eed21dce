import type { Json } from '../../../api-manifest/json.ts'

/** The values that a cursor goes along, and the steps between them. */
export interface CursorAxis<V, Step> {
  /** Undefined for what is no value of it. */
  parse(value: Json): V | undefined
  format(value: V): Json
  compare(a: V, b: V): number
  /** Undefined past the last value there can be. */
  add(value: V, step: Step): V | undefined
  subtract(value: V, step: Step): V
  /** The next value of a state: two stretches with nothing between them are one. */
  next(value: V): V
  readonly zero: V
}
