import type { Manifest } from '../../manifest/manifest.ts'
import type { PreviousManifest } from './parse-manifest.ts'

/** The packages of macros that come with dbt, or here with the platform: their text is no part of a project. */
const BUILT_IN = /^dbt(_duckdb|_postgres)?$/

/**
 * Unique ids of the macros that are new or were changed, and of those that call one of them, however far away.
 * Macros that come with dbt are not compared: a manifest that dbt wrote has dbt's, and this platform has its own.
 */
export function changedMacros(manifest: Manifest, previous: PreviousManifest): ReadonlySet<string> {
  const callers = new Map<string, string[]>()
  const changed = new Set<string>()
  for (const [id, macro] of Object.entries(manifest.macros)) {
    for (const called of macro.depends_on.macros) {
      const known = callers.get(called)
      if (known) known.push(id)
      else callers.set(called, [id])
    }
    if (BUILT_IN.test(macro.package_name)) continue
    if (previous.macros[id]?.macro_sql !== macro.macro_sql) changed.add(id)
  }
  // A set is iterated in the order of insertion, what is added on the way included.
  for (const id of changed) for (const caller of callers.get(id) ?? []) changed.add(caller)
  return changed
}
