import type { Aspect, Difference } from './difference.ts'

/** The differences between two documents, by path. What is null is the same as what is not there. */
export function compareJson(
  aspect: Aspect,
  where: string,
  expected: unknown,
  got: unknown,
): readonly Difference[] {
  if (Object.is(expected, got) || (isNothing(expected) && isNothing(got))) return []
  if (Array.isArray(expected) && Array.isArray(got) && expected.length === got.length) {
    return expected.flatMap((each, i) => compareJson(aspect, `${where}[${i}]`, each, got[i]))
  }
  if (isRecord(expected) && isRecord(got)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(got)])
    return [...keys].flatMap((key) => compareJson(aspect, `${where}.${key}`, expected[key], got[key]))
  }
  return [{ aspect, where, expected, got }]
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined
}
