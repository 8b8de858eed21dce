import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import type { ColumnProperties, ModelProperties, SourceProperties } from '../project.ts'
import { asList } from '../schema/fields.ts'
import type {
  ColumnEntry,
  ModelEntry,
  PropertiesFile,
  SourceEntry,
  TableEntry,
} from '../schema/properties-file.ts'
import { readTests, type TestSurroundings } from './tests.ts'

/** What the schema files of a project say, gathered: a model or source table is described once. */
export class PropertiesReader {
  readonly models = new Map<string, ModelProperties>()
  readonly sources = new Map<string, SourceProperties>()
  readonly #around: TestSurroundings

  constructor(around: TestSurroundings) {
    this.#around = around
  }

  /** Adds one file. Problems are noted at their places. */
  add(file: string, properties: PropertiesFile): void {
    noteLaterSections(file, properties, this.#around.intake)
    for (const [index, model] of (properties.models ?? []).entries()) {
      this.#addModel(model, { file, path: ['models', index] })
    }
    for (const [index, source] of (properties.sources ?? []).entries()) {
      this.#addSource(source, { file, path: ['sources', index] })
    }
  }

  #addModel(entry: ModelEntry, origin: Origin): void {
    noteLaterKeys(
      entry,
      ['constraints', 'versions', 'semantic_model'],
      `model "${entry.name}"`,
      origin,
      this.#around.intake,
    )
    const read = this.#readTable(entry, origin)
    if (this.#isNew(this.models, entry.name, `the model "${entry.name}"`, origin))
      this.models.set(entry.name, read)
  }

  #addSource(source: SourceEntry, origin: Origin): void {
    const { intake } = this.#around
    noteLaterKeys(source, ['freshness', 'overrides'], `source "${source.name}"`, origin, intake)
    for (const [index, table] of (source.tables ?? []).entries()) {
      const place = { file: origin.file, path: [...origin.path, 'tables', index] }
      const key = `${source.name}.${table.name}`
      noteLaterKeys(table, ['freshness', 'external'], `source table "${key}"`, place, intake)
      const read = this.#readTable(table, place)
      if (!this.#isNew(this.sources, key, `the source table "${key}"`, place)) continue
      this.sources.set(key, {
        ...read,
        config: {
          ...source.config,
          ...read.config,
          ...tagConfig([...asList(source.tags), ...tagsOf(read.config)]),
        },
        source: source.name,
        table: table.name,
        schema: source.schema ?? undefined,
        identifier: table.identifier ?? undefined,
      })
    }
  }

  #readTable(entry: ModelEntry | TableEntry, origin: Origin): ModelProperties {
    return {
      description: entry.description ?? '',
      config: { ...entry.config, ...tagConfig([...tagsOf(entry.config ?? {}), ...asList(entry.tags)]) },
      columns: this.#readColumns(entry.columns ?? [], {
        file: origin.file,
        path: [...origin.path, 'columns'],
      }),
      tests: readTests(entry, undefined, origin, this.#around),
      origin,
    }
  }

  #readColumns(columns: readonly ColumnEntry[], origin: Origin): readonly ColumnProperties[] {
    const seen = new Set<string>()
    return columns.map((column, index) => {
      const place = { file: origin.file, path: [...origin.path, index] }
      noteLaterKeys(column, ['constraints'], `column "${column.name}"`, place, this.#around.intake)
      if (seen.has(column.name)) {
        this.#around.intake.error('WW1032', place, {
          message: `the column "${column.name}" is described twice`,
        })
      }
      seen.add(column.name)
      return {
        name: column.name,
        description: column.description ?? '',
        tests: readTests(column, column.name, place, this.#around),
        origin: place,
      }
    })
  }

  #isNew(
    known: ReadonlyMap<string, { readonly origin: Origin }>,
    key: string,
    name: string,
    origin: Origin,
  ): boolean {
    const other = known.get(key)
    if (!other) return true
    const { file, line } = this.#around.intake.locate(other.origin)
    this.#around.intake.error('WW1032', origin, {
      message: `${name} is described twice`,
      hint: `It is in ${file}:${line} as well.`,
    })
    return false
  }
}

const LATER_SECTIONS = [
  'seeds',
  'snapshots',
  'exposures',
  'metrics',
  'semantic_models',
  'saved_queries',
  'unit_tests',
  'functions',
] as const

function noteLaterSections(file: string, properties: PropertiesFile, intake: Intake): void {
  noteLaterKeys(properties, LATER_SECTIONS, 'a schema file', { file, path: [] }, intake)
}

/** Not-yet warnings for those of `keys` that an entry gives. */
function noteLaterKeys<K extends string>(
  entry: { readonly [key in K]?: unknown },
  keys: readonly K[],
  owner: string,
  origin: Origin,
  intake: Intake,
): void {
  for (const key of keys) {
    if (entry[key] === undefined || entry[key] === null) continue
    intake.warn(
      'WW1912',
      { file: origin.file, path: [...origin.path, key] },
      {
        message: `"${key}" of ${owner} has no effect yet`,
        part: 'key',
      },
    )
  }
}

function tagsOf(config: Readonly<Record<string, unknown>>): readonly string[] {
  const tags = config['tags']
  if (typeof tags === 'string') return [tags]
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : []
}

function tagConfig(tags: readonly string[]): Readonly<Record<string, unknown>> {
  return tags.length > 0 ? { tags: [...new Set(tags)] } : {}
}
