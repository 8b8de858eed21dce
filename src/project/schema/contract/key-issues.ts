import type { z } from 'zod'

/** Says of a mapping that it lacks a key which its other values ask for. */
export function missingKey(key: string, context: z.RefinementCtx): void {
  context.addIssue({ code: 'invalid_type', expected: 'string', input: undefined, path: [key] })
}

/** Says of the keys given that they mean nothing beside the mapping's other values. */
export function strayKeys(entry: object, keys: readonly string[], context: z.RefinementCtx): void {
  const stray = keys.filter((key) => Reflect.get(entry, key) !== undefined)
  if (stray.length > 0) context.addIssue({ code: 'unrecognized_keys', keys: stray, input: { ...entry } })
}
