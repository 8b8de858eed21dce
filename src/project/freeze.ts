/** Freezes plain data and everything in it; gives the same value back. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  if (Array.isArray(value)) {
    for (const part of value) if (typeof part === 'object') freeze(part)
  } else {
    // Without a list of what is in it: a large project has a million such objects.
    for (const key in value) if (typeof value[key] === 'object') freeze(value[key])
  }
  return value
}
