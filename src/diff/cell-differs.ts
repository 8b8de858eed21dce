import type { Field } from '../batch/logical-type.ts'
import { duckDbDialect } from '../engines/duckdb/duckdb-dialect.ts'
import type { Tolerance, Tolerances } from './tolerance.ts'

/** SQL that is true of a row of both sides, `a` and `b`, whose values of a column are not the same. */
export function cellDiffers(left: Field, right: Field, tolerances: Tolerances): string {
  const [a, b] = [`a.${duckDbDialect.identifier(left.name)}`, `b.${duckDbDialect.identifier(right.name)}`]
  if (isNumber(left) && isNumber(right)) {
    const tolerance = tolerances[left.name] ?? tolerances['*']
    if (tolerance === undefined) return `${a} is distinct from ${b}`
    // NaN is beyond all tolerance of numbers, and the same as itself.
    return `(${a} is distinct from ${b} and coalesce(abs(${a} - ${b}) > ${allowed(tolerance, b)}, true))`
  }
  if (left.type.kind === right.type.kind) return `${a} is distinct from ${b}`
  return `cast(${a} as varchar) is distinct from cast(${b} as varchar)`
}

function allowed(tolerance: Tolerance, than: string): string {
  if ('amount' in tolerance) return String(tolerance.amount)
  return `abs(${than}) * ${tolerance.percent / 100}`
}

const NUMBERS: ReadonlySet<string> = new Set([
  'int8',
  'int16',
  'int32',
  'int64',
  'int128',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'float32',
  'float64',
  'decimal',
])

function isNumber({ type }: Field): boolean {
  return NUMBERS.has(type.kind)
}
