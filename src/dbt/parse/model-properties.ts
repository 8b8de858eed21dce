import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { asList } from '../../project/schema/fields.ts'
import type { ColumnEntry, ModelEntry, VersionEntry } from '../../project/schema/properties-file.ts'
import { isMapping } from '../../project/yaml/is-mapping.ts'
import { type Candidate, ownerOf } from './owner-of.ts'
import type { ParseScope } from './parse-scope.ts'
import type { Described } from './properties-index.ts'
import { configOf, propertiesOf, type ResourceProperties } from './resource-properties.ts'

export type Version = string | number

/** What properties files say of one model file: of one version, when the model has several. */
export interface ModelProperties extends ResourceProperties {
  /** The model's name, which is not that of its file when there are versions. */
  readonly name: string
  readonly version: Version | null
  readonly latestVersion: Version | null
  readonly constraints: readonly Readonly<Record<string, unknown>>[]
  readonly deprecationDate: string | null
  readonly timeSpine: Readonly<Record<string, unknown>> | null
}

/** By package and file name, `\0` between. */
export type ModelPropertiesByFile = ReadonlyMap<string, ModelProperties>

/**
 * Finds the file that each entry under `models:` describes: of its own package, or else of another. Notes WW1032 for a model that is
 * described twice, WW1217 for versions that do not fit, and warns of entries without a model (WW1207).
 */
export function modelProperties(scope: ParseScope): ModelPropertiesByFile {
  const files = new Map<string, readonly Candidate[]>()
  for (const { name: packageName, models } of scope.packages) {
    for (const { name, below } of models) {
      const fqn = [packageName, ...below.split('/').slice(0, -1), name]
      files.set(name, [...(files.get(name) ?? []), { packageName, name, fqn }])
    }
  }
  const found = new Map<string, ModelProperties>()
  const add = (packageName: string, file: string, properties: ModelProperties) => {
    const key = `${packageName}\0${file}`
    const other = found.get(key)
    if (other) {
      const place = scope.locate(other.origin)
      scope.diagnostics.error(
        new WaterworksError('WW1032', {
          message: `the model "${properties.name}" is described twice`,
          location: scope.locate(properties.origin),
          hint: `It is in ${place.file}:${place.line} as well.`,
        }),
      )
    } else found.set(key, properties)
  }
  for (const described of scope.properties.all('models')) {
    const { entry, packageName } = described
    if (entry.versions && entry.versions.length > 0) {
      for (const [file, properties] of versionsOf(described, files, scope)) add(packageName, file, properties)
      continue
    }
    const owner = ownerOf(packageName, files.get(entry.name) ?? [], 'models', scope.configs)
    if (owner === undefined) warnOfNone(entry.name, described, files.keys(), scope)
    else add(owner, entry.name, plain(described))
  }
  return found
}

function plain(described: Described<ModelEntry>): ModelProperties {
  const { entry } = described
  return {
    ...propertiesOf(described),
    name: entry.name,
    version: null,
    latestVersion: null,
    constraints: entry.constraints ?? [],
    deprecationDate: dateOf(entry.deprecation_date),
    timeSpine: timeSpineOf(entry.time_spine),
  }
}

function versionsOf(
  described: Described<ModelEntry>,
  files: ReadonlyMap<string, readonly Candidate[]>,
  scope: ParseScope,
): readonly (readonly [string, ModelProperties])[] {
  const { entry, packageName, origin } = described
  const versions = entry.versions ?? []
  const problem = versionProblem(entry)
  if (problem !== undefined) {
    scope.diagnostics.error(
      new WaterworksError('WW1217', {
        message: `The model "${entry.name}" ${problem}.`,
        location: scope.locate({ ...origin, path: [...origin.path, 'versions'] }),
      }),
    )
    return []
  }
  const latest = entry.latest_version ?? newest(versions.map(({ v }) => v))
  const isThere = (file: string) => files.get(file)?.some((one) => one.packageName === packageName) ?? false
  return versions.flatMap((version) => {
    const named = version.defined_in ?? `${entry.name}_v${version.v}`
    const isLatest = String(version.v) === String(latest)
    const file = isThere(named) ? named : isLatest && isThere(entry.name) ? entry.name : undefined
    if (file === undefined) {
      warnOfNone(named, described, files.keys(), scope)
      return []
    }
    return [[file, versioned(described, version, latest)] as const]
  })
}

function versioned(
  described: Described<ModelEntry>,
  version: VersionEntry,
  latest: Version,
): ModelProperties {
  const { entry } = described
  const base = plain(described)
  const ownConfig = configOf({ name: entry.name, config: version.config, ...beside(version) })
  return {
    ...base,
    version: version.v,
    latestVersion: latest,
    description: version.description || base.description,
    config: deepMerged(base.config, ownConfig),
    columns: columnsOf(entry, version),
    ...(version.tests || version.data_tests
      ? { tests: version.tests ?? [], dataTests: version.data_tests ?? [] }
      : {}),
    constraints: version.constraints?.length ? version.constraints : base.constraints,
    deprecationDate: dateOf(version.deprecation_date),
    timeSpine: null,
  }
}

function beside({ access, docs }: VersionEntry) {
  return { access: access ?? undefined, docs: docs ?? undefined }
}

/** The columns of one version: those of the model that it includes, then its own. */
function columnsOf(entry: ModelEntry, version: VersionEntry): readonly ColumnEntry[] {
  const own: ColumnEntry[] = []
  let include: readonly string[] | undefined
  let exclude: readonly string[] = []
  for (const item of version.columns ?? []) {
    if ('name' in item) own.push(item)
    else {
      include = item.include === undefined || item.include === null ? undefined : asList(item.include)
      exclude = asList(item.exclude)
    }
  }
  const all = include === undefined || include.includes('*') || include.includes('all')
  const taken = (entry.columns ?? []).filter(
    ({ name }) => (all || include?.includes(name)) && !exclude.includes(name),
  )
  return [...taken, ...own]
}

function versionProblem({ versions, latest_version: latest }: ModelEntry): string | undefined {
  const known = (versions ?? []).map(({ v }) => String(v))
  const twice = known.find((version, index) => known.indexOf(version) !== index)
  if (twice !== undefined) return `has the version ${twice} twice`
  if (latest === undefined || latest === null || known.includes(String(latest))) return undefined
  return `has no version ${latest}, which latest_version names`
}

/** As dbt orders versions: by number where both are numbers, else as texts. */
function newest(versions: readonly Version[]): Version {
  return versions.reduce((best, version) => {
    const [a, b] = [Number(best), Number(version)]
    const isLater = Number.isNaN(a) || Number.isNaN(b) ? String(best) < String(version) : a < b
    return isLater ? version : best
  })
}

function deepMerged(
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key]
    merged[key] = isPlain(before) && isPlain(value) ? deepMerged(before, value) : value
  }
  return merged
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return isMapping(value)
}

/** dbt keeps moments: a day begins at midnight in UTC. */
function dateOf(written: string | null | undefined): string | null {
  if (written === null || written === undefined) return null
  return /^\d{4}-\d{2}-\d{2}$/.test(written) ? `${written}T00:00:00+00:00` : written
}

function timeSpineOf(
  given: Readonly<Record<string, unknown>> | null | undefined,
): Readonly<Record<string, unknown>> | null {
  if (!given) return null
  const custom = Array.isArray(given['custom_granularities']) ? given['custom_granularities'] : []
  return {
    standard_granularity_column: given['standard_granularity_column'],
    custom_granularities: custom.map((one: unknown) => ({ column_name: null, ...(isPlain(one) ? one : {}) })),
  }
}

function warnOfNone(
  name: string,
  { origin }: Described<ModelEntry>,
  known: Iterable<string>,
  scope: ParseScope,
): void {
  const near = suggest(name, known)
  scope.diagnostics.warn(
    new WaterworksError('WW1207', {
      message: `There is no model "${name}"; its description and tests are left out.`,
      location: scope.locate(origin),
      hint: near ? `Did you mean "${near}"?` : undefined,
    }),
  )
}
