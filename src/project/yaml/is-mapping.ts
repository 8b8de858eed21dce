import { PyFloat } from '../../jinja/values/float.ts'

/** Whether a value that came out of YAML is a mapping. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof PyFloat)
}
