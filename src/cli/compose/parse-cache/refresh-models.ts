import { isDeepStrictEqual } from 'node:util'
import { jsonText } from '../../../dbt/artifacts/json-text.ts'
import { nodeEntry } from '../../../dbt/artifacts/node-entry.ts'
import type { ManifestNode } from '../../../dbt/manifest/manifest-node.ts'
import { parseModelsAlone } from '../../../dbt/parse/parse-models-alone.ts'
import { Diagnostics } from '../../../errors/diagnostics.ts'
import { settingsOf } from '../../../graph/build/settings-of.ts'
import type { BuildGraphOptions } from '../../../graph/build-graph-options.ts'
import type { OpenProject } from '../workspace.ts'
import type { Splice } from './kept-documents.ts'
import type { RecordedModels } from './parse-record.ts'

export type RecordedModel = RecordedModels['models'][number]

/** What an edit of a model's text may change without a word about any other node. */
const OWN = ['raw_code', 'checksum', 'created_at'] as const
/** What is the work of linking, or of the properties, and not of the text. */
const LINKED = [...OWN, 'description', 'doc_blocks', 'columns', 'primary_key'] as const

/**
 * The entries of edited models, made anew without the rest of the project. `opened` holds the macros, those models and what describes them;
 * `textOf` gives stretches of the manifest, in bytes. Undefined where an edit changed more than a text, or where anything was said: only a
 * whole parse can tell what follows.
 */
export function refreshModels(
  edited: readonly RecordedModel[],
  textOf: (start: number, end: number) => string,
  opened: OpenProject,
  options: BuildGraphOptions,
  folder: string,
): readonly Splice[] | undefined {
  const models = readModelsAgain(opened, options)
  if (models === undefined) return undefined
  const splices: Splice[] = []
  for (const { node, start, end } of edited) {
    const model = models.get(node)
    if (model === undefined) return undefined
    const before: unknown = JSON.parse(textOf(start, end))
    const entry = nodeEntry(model, { target: folder, compiled: undefined, ran: false })
    const text = jsonText(entry)
    const after: unknown = JSON.parse(text)
    // Whole numbers beyond 2^53 lose digits on the way.
    if (jsonText(after) !== text) return undefined
    if (!isMapping(before) || !isMapping(after) || !isDeepStrictEqual(without(before), without(after)))
      return undefined
    const own = Object.fromEntries(OWN.map((key) => [key, after[key]]))
    splices.push({ start, end, bytes: Buffer.from(JSON.stringify({ ...before, ...own })) })
  }
  return splices
}

/**
 * An edited model, linked as it was before; undefined where the edit changed more than its text. `after` is what its file says now, not
 * linked to anything.
 */
export function withTextOf(before: ManifestNode, after: ManifestNode): ManifestNode | undefined {
  if (!isDeepStrictEqual(without({ ...before }), without({ ...after }))) return undefined
  const { raw_code, checksum, created_at } = after
  return { ...before, raw_code, checksum, created_at }
}

/** Models whose files were read without the rest of the project, by unique id; undefined where anything was said on the way. */
export function readModelsAgain(
  opened: OpenProject,
  options: BuildGraphOptions,
): ReadonlyMap<string, ManifestNode> | undefined {
  const diagnostics = new Diagnostics()
  let hasSpoken = false
  const log = () => {
    hasSpoken = true
  }
  const settings = settingsOf(opened.project, opened.target, options)
  const { models, looksAtClock } = parseModelsAlone(opened.project, { settings, diagnostics, log })
  const files = new Set(
    opened.project.packages.find(({ kind }) => kind === 'root')?.models.map(({ shown }) => shown),
  )
  const isOfThem = diagnostics.all().some(({ error: { location } }) => files.has(location?.file ?? ''))
  if (hasSpoken || looksAtClock || diagnostics.hasErrors || isOfThem) return undefined
  return new Map(models.map((model) => [model.unique_id, model]))
}

type Mapping = Readonly<Record<string, unknown>>

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function without(entry: Mapping): Mapping {
  const { depends_on: on, ...rest } = entry
  const kept = Object.entries(rest).filter(([key]) => !LINKED.some((each) => each === key))
  return { ...Object.fromEntries(kept), macros: isMapping(on) ? on['macros'] : on }
}
