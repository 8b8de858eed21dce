import type { Scalar } from '../engines/dialect.ts'
import { compareScalars } from './compare-scalars.ts'

/** Which bounds belong to what is accepted: both, none, or one of them. */
export type Inclusive = boolean | 'min' | 'max'

/** What a value may be. A bound that is not given does not bind. */
export interface Bounds {
  readonly min?: Scalar
  readonly max?: Scalar
  /** Whether the bounds themselves are accepted; both unless said. */
  readonly inclusive?: Inclusive
  /** Whether what lies between is what is *not* accepted. */
  readonly outside?: boolean
}

/** Whether `min`, or `max`, is itself accepted. */
export function includes(inclusive: Inclusive | undefined, bound: 'min' | 'max'): boolean {
  return inclusive === undefined || inclusive === true || inclusive === bound
}

/** Whether a value lies within bounds: numbers by their exact value, times by their moment, other texts by code point. */
export function isWithin(value: Exclude<Scalar, null>, { min, max, inclusive, outside }: Bounds): boolean {
  const isAbove = (bound: Exclude<Scalar, null>) => {
    const order = compareScalars(value, bound)
    return order > 0 || (order === 0 && includes(inclusive, 'min'))
  }
  const isBelow = (bound: Exclude<Scalar, null>) => {
    const order = compareScalars(value, bound)
    return order < 0 || (order === 0 && includes(inclusive, 'max'))
  }
  const between =
    (min === undefined || min === null || isAbove(min)) && (max === undefined || max === null || isBelow(max))
  return between !== (outside === true)
}

/** Bounds in words: `between 1 and 5`, `at least 3`, `not 4`. */
export function sayBounds({ min, max, inclusive, outside }: Bounds): string {
  const not = outside === true ? 'not ' : ''
  if (min !== undefined && max !== undefined) {
    if (min === max) return `${not}${min}`
    const left =
      inclusive === undefined || inclusive === true
        ? ''
        : `, ${LEFT_OUT[String(inclusive)] ?? 'the bounds left out'}`
    return `${not}between ${min} and ${max}${left}`
  }
  if (min !== undefined) return `${not}${includes(inclusive, 'min') ? 'at least' : 'more than'} ${min}`
  if (max !== undefined) return `${not}${includes(inclusive, 'max') ? 'at most' : 'less than'} ${max}`
  return 'whatever it is'
}

const LEFT_OUT: Readonly<Record<string, string>> = {
  min: 'the upper bound left out',
  max: 'the lower bound left out',
}
