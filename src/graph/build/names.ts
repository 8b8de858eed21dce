import { printReference, type Reference } from '../../dbt/reference.ts'
import type { Location } from '../../errors/location.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { ModelDrafts } from './draft-models.ts'
import { sourceKey } from './draft-sources.ts'
import type { ModelDraft, SourceDraft } from './drafts.ts'

/** Looks up what ref() and source() name. */
export class Names {
  readonly #project: string
  readonly #models: ModelDrafts
  readonly #sources: ReadonlyMap<string, SourceDraft>

  constructor(project: string, models: ModelDrafts, sources: ReadonlyMap<string, SourceDraft>) {
    this.#project = project
    this.#models = models
    this.#sources = sources
  }

  find(reference: Reference): ModelDraft | SourceDraft | undefined {
    if (reference.kind === 'source') return this.#sources.get(sourceKey(reference.source, reference.table))
    if (reference.package !== undefined && reference.package !== this.#project) return undefined
    return this.#models.enabled.get(reference.model)
  }

  /** Whether it names a model whose file did not parse, which is reported already. */
  isReported(reference: Reference): boolean {
    return reference.kind === 'ref' && this.#models.failed.has(reference.model)
  }

  /** Why `find` finds nothing: WW1201, WW1202 or WW1206. `from` says in a few words who refers to it. */
  explain(reference: Reference, from: string, location: Location): WaterworksError {
    const call = printReference(reference)
    if (reference.kind === 'source')
      return this.#unknownSource(reference.source, reference.table, call, from, location)
    const { package: name, model } = reference
    if (name !== undefined && name !== this.#project) {
      const near = suggest(name, [this.#project])
      return new WaterworksError('WW1201', {
        message: `${from} refers to ${call}, but there is no package "${name}".`,
        location,
        hint: near ? `Did you mean "${near}"?` : `Models of this project need no package: ref('${model}').`,
      })
    }
    if (this.#models.disabled.has(model)) {
      return new WaterworksError('WW1206', {
        message: `${from} refers to ${call}, but the model "${model}" is switched off.`,
        location,
      })
    }
    const near = suggest(model, this.#models.enabled.keys())
    return new WaterworksError('WW1201', {
      message: `${from} refers to ${call}, but there is no model "${model}".`,
      location,
      hint: near ? `Did you mean "${near}"?` : undefined,
    })
  }

  #unknownSource(
    source: string,
    table: string,
    call: string,
    from: string,
    location: Location,
  ): WaterworksError {
    const all = [...this.#sources.values()]
    const tables = all.filter((draft) => draft.source === source).map((draft) => draft.table)
    const near =
      tables.length > 0 ? suggest(table, tables) : suggest(source, new Set(all.map((draft) => draft.source)))
    const message =
      tables.length > 0
        ? `${from} refers to ${call}, but the source "${source}" has no table "${table}".`
        : `${from} refers to ${call}, but there is no source "${source}".`
    const known = tables.length > 0 ? `It has ${tables.toSorted().join(', ')}.` : undefined
    return new WaterworksError('WW1202', {
      message,
      location,
      hint: near ? `Did you mean "${near}"?` : known,
    })
  }
}
