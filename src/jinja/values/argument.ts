import { asInteger } from './number.ts'
import { PythonError } from './python-error.ts'
import { typeName } from './type-name.ts'
import { Undefined } from './undefined.ts'

/** An argument that must be an int, or the fallback when absent. Throws TypeError. */
export function integerArgument(value: unknown, fallback?: number): number {
  if (value === undefined && fallback !== undefined) return fallback
  const integer = asInteger(value)
  if (integer !== undefined) return Number(integer)
  if (value instanceof Undefined) throw value.error()
  throw new PythonError('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`)
}

/** An argument that must be a str, or the fallback when absent. Throws TypeError. */
export function textArgument(value: unknown, fallback?: string): string {
  if (value === undefined && fallback !== undefined) return fallback
  if (typeof value === 'string') return value
  if (value instanceof Undefined) throw value.error()
  throw new PythonError('TypeError', `a string is needed, not '${typeName(value)}'`)
}
