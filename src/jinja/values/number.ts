import { PyFloat } from './float.ts'
import { type Integer, normalize } from './integer.ts'

/** A number as arithmetic sees it: booleans are integers. Undefined for anything else. */
export type Numeric = Integer | PyFloat

export function asNumeric(value: unknown): Numeric | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return value instanceof PyFloat ? value : undefined
}

/** The integer a value is, booleans included. */
export function asInteger(value: unknown): Integer | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  return typeof value === 'boolean' ? Number(value) : undefined
}

/** A number as a JavaScript double. */
export function asDouble(value: Numeric): number {
  return value instanceof PyFloat ? value.value : Number(value)
}

/** Whether two numbers are equal, exactly: 2**53 + 1 is not 2.0**53. */
export function numbersEqual(a: Numeric, b: Numeric): boolean {
  return compareNumbers(a, b) === 0
}

/** Negative, zero or positive; NaN when either is NaN. JavaScript compares bigints with doubles exactly. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const [x, y] = [a instanceof PyFloat ? a.value : a, b instanceof PyFloat ? b.value : b]
  if (x < y) return -1
  if (x > y) return 1
  return Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : 0
}

/** An integer operation, on doubles when operands and result are safe, else on bigints. */
export function integerResult(
  x: Integer,
  y: Integer,
  fast: (x: number, y: number) => number,
  exact: (x: bigint, y: bigint) => bigint,
): Integer {
  if (typeof x === 'number' && typeof y === 'number') {
    const result = fast(x, y)
    if (Number.isSafeInteger(result)) return result + 0
  }
  return normalize(exact(BigInt(x), BigInt(y)))
}
