/**
 * A value as JSON with every digit of its whole numbers: those beyond 2^53, which YAML and Python have, are bigints here, and `JSON.stringify`
 * refuses them. Looked for only where it does, for that costs a call for each value.
 */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return JSON.stringify(value, (_key, each: unknown) =>
      typeof each === 'bigint' ? JSON.rawJSON(String(each)) : each,
    )
  }
}
