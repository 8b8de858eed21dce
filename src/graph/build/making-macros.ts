import type { MacroEntry } from '../../dbt/macros/macro-entry.ts'
import type { MacroLibrary } from '../../dbt/macros/macro-library.ts'
import type { Config } from '../../dbt/merge-configs.ts'
import { hooksOf } from '../../dbt/runtime/hook.ts'
import { isBuiltIn } from '../../project/built-in-packages.ts'
import { fingerprint } from '../fingerprint.ts'

/** Macros that decide of a node only what its fingerprint has in it anyway. */
const SEEN = /^(?:\w+?__)?(?:generate_(?:schema|alias|database)_name|ref|source|is_incremental)$/

/**
 * The macros of the project and its packages that have a say in how nodes are made, beyond what stands in their queries: those
 * of a materialization of the project's own, of hooks, and those that stand in for built-in ones. Which macros such a macro calls
 * shows only when it runs, so all of them count.
 */
export class MakingMacros {
  readonly #macros: MacroLibrary
  readonly #own: readonly MacroEntry[]
  readonly #replacesBuiltIns: boolean
  #fingerprint: string | undefined

  constructor(macros: MacroLibrary) {
    this.#macros = macros
    const builtIn = new Set<string>()
    const own: MacroEntry[] = []
    for (const entry of macros.entries()) {
      if (isBuiltIn(entry.packageName)) builtIn.add(entry.name)
      else own.push(entry)
    }
    this.#own = own
    this.#replacesBuiltIns = own.some(
      ({ name }) => !SEEN.test(name) && (builtIn.has(name) || builtIn.has(name.replace(/^.*?__/, ''))),
    )
  }

  /** What of them a node's fingerprint is to have in it: nothing where it is made by built-in macros alone. */
  of(config: Config): { readonly macros?: string } {
    const { materialized } = config
    const making =
      typeof materialized === 'string' ? this.#macros.findMaterialization(materialized) : undefined
    const isOurs = making === undefined || isBuiltIn(making.packageName)
    const hooks = [...hooksOf(config, 'pre-hook'), ...hooksOf(config, 'post-hook')]
    if (isOurs && hooks.length === 0 && !this.#replacesBuiltIns) return {}
    this.#fingerprint ??= fingerprint(this.#own.map(({ uniqueId, source }) => [uniqueId, source]))
    return { macros: this.#fingerprint }
  }
}
