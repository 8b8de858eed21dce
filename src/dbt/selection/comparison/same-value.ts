import { PyFloat } from '../../../jinja/values/float.ts'

/**
 * Whether two values of YAML or JSON say the same: key by key whatever their order, and with nothing (null, or no such key)
 * being nothing either way.
 */
export function sameValue(one: unknown, other: unknown): boolean {
  const [a, b] = [plainNumber(one), plainNumber(other)]
  if (Object.is(a, b) || isNothing(a) || isNothing(b))
    return Object.is(a, b) || (isNothing(a) && isNothing(b))
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((value, index) => sameValue(value, b[index]))
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => sameValue(Reflect.get(a, key), Reflect.get(b, key)))
}

/** Documents in JSON do not tell 1.0 and 1 apart. */
function plainNumber(value: unknown): unknown {
  return value instanceof PyFloat ? value.value : value
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null
}
