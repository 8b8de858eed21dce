import type { ManifestNode } from '../../../dbt/manifest/manifest-node.ts'
import type { ParsedContent, ParsedPackages } from '../../../dbt/parse/parse-packages.ts'
import type { NodePlace } from '../../../dbt/parse/parsed-nodes.ts'
import type { Origin } from '../../../project/origin.ts'
import { type PackedEntries, packEntries, unpackEntries, type WriteText } from './packed-entries.ts'

type Sections = ParsedContent['sections']

/** The sections of a manifest whose entries are mappings. */
const SECTIONS = [
  'nodes',
  'sources',
  'exposures',
  'metrics',
  'semantic_models',
  'saved_queries',
  'unit_tests',
  'macros',
  'docs',
  'groups',
] as const satisfies readonly (keyof Sections)[]

/** What parsing came to, as plain JSON. */
export interface PackedContent {
  readonly rootName: string
  readonly sections: Readonly<Record<(typeof SECTIONS)[number] | 'disabled', PackedEntries>>
  readonly places: PackedEntries
}

/** Where a node was read from. */
interface Place {
  readonly file: Omit<NonNullable<NodePlace['file']>, 'text'> | null
  /** The file's text, where it is not the node's code. */
  readonly text: string | null
  readonly origin: Origin | null
}

/** Writes what was parsed, as the text of a `PackedContent`; false where JSON cannot hold all of it, and the text breaks off. */
export function packContent({ manifest, places }: ParsedPackages, write: WriteText): boolean {
  write(`{"rootName":${JSON.stringify(manifest.project_name)},"sections":{`)
  for (const name of SECTIONS) {
    write(`${JSON.stringify(name)}:`)
    if (!packEntries(manifest[name], write)) return false
    write(',')
  }
  write('"disabled":')
  const disabled = Object.entries(manifest.disabled).map(([id, list]) => [id, { list }])
  if (!packEntries(Object.fromEntries(disabled), write)) return false
  write('},"places":')
  const where = Array.from(places, ([id, place]) => [id, placeOf(place, manifest.nodes[id])])
  if (!packEntries(Object.fromEntries(where), write)) return false
  write('}')
  return true
}

/**
 * What was packed. `packed` is what this very build made, which whoever reads it has seen to: its types are those of what was packed.
 */
export function unpackContent({ rootName, sections, places }: PackedContent): ParsedContent {
  const read = Object.fromEntries(SECTIONS.map((name) => [name, unpackEntries(sections[name])]))
  const disabled = Object.entries(unpackEntries(sections.disabled) as Record<string, { list: unknown }>)
  const all = {
    ...read,
    disabled: Object.fromEntries(disabled.map(([id, { list }]) => [id, list])),
  } as unknown as Sections
  const where = Object.entries(unpackEntries(places) as unknown as Record<string, Place>)
  return {
    rootName,
    sections: all,
    places: new Map(where.map(([id, place]) => [id, placed(place, all.nodes[id])])),
    failed: new Set(),
  }
}

function placeOf({ file, properties }: NodePlace, node: ManifestNode | undefined): Place {
  return {
    file: file === undefined ? null : { shown: file.shown, firstLine: file.firstLine },
    text: file === undefined || file.text === node?.raw_code ? null : file.text,
    origin: properties === undefined ? null : { file: properties.origin.file, path: properties.origin.path },
  }
}

function placed({ file, text, origin }: Place, node: ManifestNode | undefined): NodePlace {
  return {
    ...(file === null ? {} : { file: { ...file, text: text ?? node?.raw_code ?? '' } }),
    ...(origin === null ? {} : { properties: { origin } }),
  }
}
