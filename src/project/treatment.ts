import { acts, type PersonalColumn } from './personal-data.ts'

/** What is done to the personal columns of a stream: what becomes of each that does not stay as it is, as text; equal where nothing differs. */
export function treatmentOf(declared: readonly PersonalColumn[]): string {
  const entries = declared
    .filter(acts)
    // What is left of a masked value goes by its kind.
    .map(({ column, kind, policy }) => [column.toLowerCase(), policy === 'mask' ? `mask as ${kind}` : policy])
  return JSON.stringify(Object.fromEntries(entries.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))))
}

/** What differs between two treatments, in words such as "email: keep → hash"; empty where nothing does. */
export function treatmentChanges(before: string, now: string): string {
  const [was, is] = [policiesIn(before), policiesIn(now)]
  return [...new Set([...was.keys(), ...is.keys()])]
    .toSorted()
    .map((column) => [column, was.get(column) ?? 'keep', is.get(column) ?? 'keep'] as const)
    .filter(([, from, to]) => from !== to)
    .map(([column, from, to]) => `${column}: ${from} → ${to}`)
    .join(', ')
}

function policiesIn(treatment: string): ReadonlyMap<string, string> {
  const parsed: unknown = JSON.parse(treatment)
  const entries = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []
  return new Map(entries.map(([column, policy]) => [column, String(policy)]))
}
