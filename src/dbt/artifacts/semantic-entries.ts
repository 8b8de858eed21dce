import type {
  ManifestExposure,
  ManifestMetric,
  ManifestSavedQuery,
  ManifestSemanticModel,
} from '../manifest/manifest-semantics.ts'
import { resourceFields } from './resource-fields.ts'

type Entry = Readonly<Record<string, unknown>>

/** An exposure as manifest.json has it, its fields in dbt's order; so for the others below. */
export function exposureEntry(exposure: ManifestExposure): Entry {
  return {
    ...resourceFields(exposure),
    fqn: exposure.fqn,
    type: exposure.type,
    owner: exposure.owner,
    description: exposure.description,
    label: exposure.label,
    maturity: exposure.maturity,
    meta: exposure.meta,
    tags: exposure.tags,
    config: exposure.config,
    unrendered_config: exposure.unrendered_config,
    url: exposure.url,
    depends_on: exposure.depends_on,
    refs: exposure.refs,
    sources: exposure.sources,
    metrics: exposure.metrics,
    created_at: exposure.created_at,
  }
}

export function metricEntry(metric: ManifestMetric): Entry {
  return {
    ...resourceFields(metric),
    fqn: metric.fqn,
    description: metric.description ?? '',
    label: metric.label,
    type: metric.type,
    type_params: metric.type_params,
    filter: metric.filter,
    metadata: metric.metadata ?? null,
    time_granularity: metric.time_granularity,
    meta: metric.meta,
    tags: metric.tags,
    config: metric.config,
    unrendered_config: metric.unrendered_config,
    sources: metric.sources,
    depends_on: metric.depends_on,
    refs: metric.refs,
    metrics: metric.metrics,
    created_at: metric.created_at,
    group: metric.group,
  }
}

export function semanticModelEntry(semantic: ManifestSemanticModel): Entry {
  return {
    ...resourceFields(semantic),
    fqn: semantic.fqn,
    model: semantic.model,
    node_relation: semantic.node_relation,
    description: semantic.description,
    label: semantic.label,
    defaults: semantic.defaults,
    entities: semantic.entities,
    measures: semantic.measures,
    dimensions: semantic.dimensions,
    metadata: semantic.metadata ?? null,
    depends_on: semantic.depends_on,
    refs: semantic.refs,
    created_at: semantic.created_at,
    config: semantic.config,
    unrendered_config: semantic.unrendered_config,
    primary_entity: semantic.primary_entity,
    group: semantic.group,
  }
}

export function savedQueryEntry(query: ManifestSavedQuery): Entry {
  return {
    ...resourceFields(query),
    fqn: query.fqn,
    query_params: query.query_params,
    exports: query.exports,
    description: query.description,
    label: query.label,
    metadata: query.metadata ?? null,
    config: query.config,
    unrendered_config: query.unrendered_config,
    group: query.group,
    depends_on: query.depends_on,
    created_at: query.created_at,
    refs: query.refs,
    tags: query.tags,
  }
}
