import type { ManifestMacro } from '../../dbt/manifest/manifest-macro.ts'

/** The macros that look at the clock, by themselves or through others that they call. */
export function clockedMacros(
  macros: Readonly<Record<string, ManifestMacro>>,
  clock: RegExp,
): ReadonlySet<string> {
  const callers = new Map<string, string[]>()
  const found: string[] = []
  for (const { unique_id: id, macro_sql: text, depends_on: called } of Object.values(macros)) {
    if (clock.test(text)) found.push(id)
    for (const other of called.macros) callers.set(other, [...(callers.get(other) ?? []), id])
  }
  const clocked = new Set(found)
  for (let next = found.pop(); next !== undefined; next = found.pop()) {
    for (const caller of callers.get(next) ?? []) {
      if (clocked.has(caller)) continue
      clocked.add(caller)
      found.push(caller)
    }
  }
  return clocked
}
