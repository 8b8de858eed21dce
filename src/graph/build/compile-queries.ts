import { type Cte, cteName, injectCtes } from '../../dbt/inject-ctes.ts'
import { placeOfReference } from '../../dbt/place-in-text.ts'
import { printReference, type Reference } from '../../dbt/reference.ts'
import type { CompileRequest, Resolved, Templates } from '../../dbt/templates.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { SqlFile } from '../../project/project.ts'
import type { ModelDraft, SourceDraft } from './drafts.ts'
import type { Names } from './names.ts'

export interface CompiledQuery {
  readonly sql: string
  /** The same with clock and run id held fixed, for the fingerprint. */
  readonly stableSql: string
}

/** A file to compile, with what its parsing found it to refer to. */
export interface Compilable extends Pick<CompileRequest, 'uniqueId' | 'relation'> {
  readonly file: SqlFile
  readonly fullConfig: CompileRequest['config']
  readonly uses: readonly Reference[]
}

const clock = /\b(run_started_at|invocation_id)\b/

interface Folded {
  /** The ephemeral model's query without its own ephemeral parents, which stand beside it. */
  readonly cte: Cte
  readonly above: readonly Cte[]
}

/** Compiles files in dependency order, folding ephemeral models into what reads them. */
export class QueryCompiler {
  readonly #templates: Templates
  readonly #names: Names
  readonly #clockInMacros: boolean
  readonly #folded = { actual: new Map<string, Folded>(), stable: new Map<string, Folded>() }

  constructor(templates: Templates, names: Names, macros: readonly SqlFile[]) {
    this.#templates = templates
    this.#names = names
    this.#clockInMacros = macros.some((file) => clock.test(file.text))
  }

  /**
   * The query of one file; that of an ephemeral model can then be folded into others. Throws what templates throw, and
   * WW1213 for a reference that parsing did not see.
   */
  compile(item: Compilable): CompiledQuery {
    const sql = this.#compile(item, 'actual')
    const dependsOnClock =
      this.#clockInMacros || clock.test(item.file.text) || item.uses.some((use) => this.#differs(use))
    const stableSql = dependsOnClock ? this.#compile(item, 'stable') : sql
    const { actual, stable } = this.#folded
    const folded = actual.get(item.uniqueId)
    if (folded && !dependsOnClock) stable.set(item.uniqueId, folded)
    return { sql, stableSql }
  }

  /** The CTEs an ephemeral model needs, itself last. */
  ctesOf(model: ModelDraft): readonly Cte[] {
    const folded = this.#folded.actual.get(model.uniqueId)
    return folded ? [...folded.above, folded.cte] : []
  }

  #compile(item: Compilable, version: 'actual' | 'stable'): string {
    const folded = this.#folded[version]
    const ctes = new Map<string, Cte>()
    const resolve = (reference: Reference): Resolved => {
      const found = this.#names.find(reference)
      if (!found || !isUsed(item, found, this.#names)) throw unseen(item, reference)
      const parent = folded.get(found.uniqueId)
      if (!parent) return { relation: found.relation, cte: undefined }
      for (const cte of [...parent.above, parent.cte]) ctes.set(cte.name, cte)
      return { relation: found.relation, cte: parent.cte.name }
    }
    const { file, fullConfig: config, uniqueId, relation } = item
    const withoutClock = version === 'stable'
    const sql = this.#templates.compile(file, { config, uniqueId, relation, resolve, withoutClock })
    const above = [...ctes.values()]
    if (config['materialized'] === 'ephemeral') {
      folded.set(uniqueId, { cte: { name: cteName(file.name), sql }, above })
    }
    return injectCtes(sql, above)
  }

  #differs(reference: Reference): boolean {
    const id = this.#names.find(reference)?.uniqueId ?? ''
    return this.#folded.actual.get(id) !== this.#folded.stable.get(id)
  }
}

function isUsed(item: Compilable, found: ModelDraft | SourceDraft, names: Names): boolean {
  return item.uses.some((use) => names.find(use)?.uniqueId === found.uniqueId)
}

function unseen(item: Compilable, reference: Reference): WaterworksError {
  const call = printReference(reference)
  return new WaterworksError('WW1213', {
    message: `"${item.file.name}" calls ${call} only when it is compiled, so the graph does not know of it.`,
    location: placeOfReference(item.file.path, item.file.text, reference),
    hint: `Write \`-- depends_on: {{ ${call} }}\` at the top of the file, or take the call out of the condition.`,
  })
}
