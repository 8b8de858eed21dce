import type { Origin } from '../../project/origin.ts'
import type { DbtPackage, PropertiesDocument } from '../../project/package.ts'
import type {
  FunctionEntry,
  MacroEntry,
  ModelEntry,
  NodeEntry,
  PropertiesFile,
  SingularTestEntry,
  SnapshotEntry,
} from '../../project/schema/properties-file.ts'
import type { YamlValues } from './yaml-values.ts'

/** One entry of a list in a properties file. */
export interface Described<T> {
  readonly entry: T
  readonly document: PropertiesDocument
  readonly packageName: string
  readonly origin: Origin
  /** As a manifest names the file: `shop://models/schema.yml`. */
  readonly patchPath: string
}

/** The lists of a properties file that describe what another file defines. */
interface Describing {
  readonly models: ModelEntry
  readonly seeds: NodeEntry
  readonly snapshots: SnapshotEntry
  readonly analyses: NodeEntry
  readonly macros: MacroEntry
  readonly functions: FunctionEntry
  readonly data_tests: SingularTestEntry
}

type Section = Exclude<keyof PropertiesFile, 'version' | 'anchors' | 'tests'>
type EntryOf<S extends Section> = NonNullable<PropertiesFile[S]>[number]

/** What the properties files of all packages say, by kind. Templates in them are rendered, but for those that wait. */
export class PropertiesIndex {
  readonly #packages: readonly DbtPackage[]
  readonly #yaml: YamlValues
  readonly #entries = new Map<string, readonly Described<{ readonly name: string }>[]>()

  constructor(packages: readonly DbtPackage[], yaml: YamlValues) {
    this.#packages = packages
    this.#yaml = yaml
  }

  /** Every entry of a kind, package by package. */
  all<S extends Section>(section: S): readonly Described<EntryOf<S>>[]
  all(section: Section): readonly Described<{ readonly name: string }>[] {
    const known = this.#entries.get(section)
    if (known) return known
    const entries = this.#packages.flatMap(({ name: packageName, properties }) =>
      properties.flatMap((document) =>
        (document.document[section] ?? []).map((entry, index): Described<{ readonly name: string }> => {
          const kept = (keys: readonly (string | number)[]) => isRenderedLater(section, keys)
          return {
            entry: this.#yaml.entry(entry, packageName, document.shown, kept),
            document,
            packageName,
            origin: { file: document.shown, path: [section, index] },
            patchPath: `${packageName}://${document.path}`,
          }
        }),
      ),
    )
    this.#entries.set(section, entries)
    return entries
  }
}

export type DescribedModel = Described<Describing['models']>

/**
 * Whether a text is rendered when it is used: descriptions, tests with their arguments, hooks, filters of the semantic layer.
 * The rules are those of dbt-core's parser/schema_renderer.py.
 */
function isRenderedLater(section: Section, keys: readonly (string | number)[]): boolean {
  switch (section) {
    case 'sources': {
      if (keys[0] === 'description' || keys[0] === 'loaded_at_query') return true
      if (keys[0] === 'config' && keys[1] === 'loaded_at_query') return true
      return keys[0] === 'tables' && isLate(keys.slice(2))
    }
    case 'macros':
    case 'functions':
      return isLate(keys[0] === 'arguments' ? keys.slice(1) : keys)
    case 'metrics':
      return keys.includes('filter') || isLate(keys)
    case 'saved_queries':
      return (keys[0] === 'query_params' && keys[1] === 'where') || isLate(keys)
    default:
      return isLate(keys)
  }
}

const LATE: ReadonlySet<unknown> = new Set(['tests', 'data_tests', 'description', 'loaded_at_query'])
const LATE_CONFIG: ReadonlySet<unknown> = new Set([
  'pre_hook',
  'post_hook',
  'pre-hook',
  'post-hook',
  'loaded_at_query',
])
const LATE_WITHIN: ReadonlySet<unknown> = new Set([
  'columns',
  'dimensions',
  'measures',
  'entities',
  'versions',
])

function isLate(keys: readonly (string | number)[]): boolean {
  if (LATE.has(keys[0])) return true
  if (keys[0] === 'config' && LATE_CONFIG.has(keys[1])) return true
  if (keys.length === 2 && LATE.has(keys[1])) return true
  if (LATE_WITHIN.has(keys[0]) && LATE.has(keys[2])) return true
  return keys.length === 5 && LATE.has(keys[4])
}
