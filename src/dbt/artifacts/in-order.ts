/** The named fields of a mapping, in this order; null for what it does not have. */
export function inOrder(fields: readonly string[], value: unknown): Readonly<Record<string, unknown>> {
  const given = new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
  return Object.fromEntries(fields.map((field) => [field, given.get(field) ?? null]))
}
