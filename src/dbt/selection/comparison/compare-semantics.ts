import type {
  ManifestExposure,
  ManifestMetric,
  ManifestSavedQuery,
  ManifestSemanticModel,
} from '../../manifest/manifest-semantics.ts'
import type { ManifestSource } from '../../manifest/manifest-source.ts'
import type {
  PreviousExposure,
  PreviousMetric,
  PreviousSavedQuery,
  PreviousSemanticModel,
  PreviousSource,
} from './parse-manifest.ts'
import { sameConfig } from './same-config.ts'
import { sameValue } from './same-value.ts'

/** Whether a source's table is where it was. */
export function sameSourceRelation(now: ManifestSource, then: PreviousSource): boolean {
  return now.database === then.database && now.schema === then.schema && now.identifier === then.identifier
}

/** Whether nothing changed of a source that matters to who reads it. Descriptions and tags do not. */
export function sameSource(now: ManifestSource, then: PreviousSource): boolean {
  return (
    sameSourceRelation(now, then) &&
    sameValue(now.fqn, then.fqn) &&
    sameConfig('source', now.unrendered_config, then.unrendered_config) &&
    sameFields(now, then, ['quoting', 'freshness', 'loaded_at_field', 'external'])
  )
}

export function sameExposure(now: ManifestExposure, then: PreviousExposure): boolean {
  const fields = ['fqn', 'type', 'owner', 'maturity', 'url', 'description', 'label'] as const
  return (
    sameFields(now, then, fields) &&
    sameValue([...now.depends_on.nodes].sort(), [...(then.depends_on?.nodes ?? [])].sort()) &&
    sameConfig('exposure', now.unrendered_config, then.unrendered_config)
  )
}

/** Its parameters and filter do not count, as in dbt. */
export function sameMetric(now: ManifestMetric, then: PreviousMetric): boolean {
  return (
    sameFields(now, then, ['type', 'description', 'label']) &&
    sameConfig('metric', now.unrendered_config, then.unrendered_config)
  )
}

export function sameSemanticModel(now: ManifestSemanticModel, then: PreviousSemanticModel): boolean {
  return sameFields(now, then, [
    'model',
    'description',
    'defaults',
    'entities',
    'dimensions',
    'measures',
    'config',
    'primary_entity',
    'group',
  ])
}

export function sameSavedQuery(now: ManifestSavedQuery, then: PreviousSavedQuery): boolean {
  const asked = (query: ManifestSavedQuery | PreviousSavedQuery) =>
    ['metrics', 'group_by', 'where'].map((key) => query.query_params[key])
  return (
    sameValue(asked(now), asked(then)) &&
    sameFields(now, then, ['description', 'label', 'config', 'group', 'tags']) &&
    sameValue(now.exports.map(exported), then.exports.map(exported))
  )
}

/** An export's name, and where it goes as written. */
function exported(entry: unknown): readonly unknown[] {
  const [name, config] = [member(entry, 'name'), member(entry, 'unrendered_config')]
  return [name, ...['export_as', 'schema', 'alias'].map((key) => member(config, key))]
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

/** An empty description is none: versions of dbt write the one or the other. */
function sameFields<K extends string>(
  now: Readonly<Record<K, unknown>>,
  then: Readonly<Record<K, unknown>>,
  keys: readonly K[],
): boolean {
  return keys.every((key) =>
    sameValue(now[key] === '' ? null : now[key], then[key] === '' ? null : then[key]),
  )
}
