import { floatText, PyFloat } from '../jinja/values/float.ts'
import { reprOf } from '../jinja/values/text.ts'

/** What Python's str() makes of a value read from YAML. */
export function pythonStr(value: unknown): string {
  return typeof value === 'string' ? value : pythonRepr(value)
}

/** ASCII without what Python escapes. */
const SIMPLE = /^[ -&(-[\]-~]*$/

/** What Python's repr() makes of a value read from YAML; dbt builds names and hashes of it. */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return SIMPLE.test(value) ? `'${value}'` : reprOf(value)
  if (value instanceof PyFloat) return floatText(value.value)
  if (typeof value === 'number' && !Number.isInteger(value)) return floatText(value)
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, item]) => `${pythonRepr(key)}: ${pythonRepr(item)}`)
      .join(', ')}}`
  }
  return String(value)
}
