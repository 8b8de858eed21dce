/** Freezes plain data and everything in it; gives the same value back. */
export function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) {
      if (typeof part === 'object') freeze(part)
    }
  }
  return value
}
