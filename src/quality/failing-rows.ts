import type { Check } from './check.ts'
import type { CheckTarget } from './check-target.ts'
import { compileCheck } from './compile-check.ts'

/** A query of the rows that fail a check, for evidence; undefined where no single row is to blame. */
export function failingRows(check: Check, target: CheckTarget): string | undefined {
  return compileCheck(check, target).failingRows
}
