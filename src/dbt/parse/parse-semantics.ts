import { asList } from '../../project/schema/fields.ts'
import type { SemanticEntry } from '../../project/schema/properties-file.ts'
import type {
  ManifestMetric,
  ManifestSavedQuery,
  ManifestSemanticModel,
} from '../manifest/manifest-semantics.ts'
import { parseReference } from '../reference.ts'
import { recordOf, termOf, textOf, textsOf } from './column-info.ts'
import { isRecord } from './config-rules.ts'
import type { DocsBlocks } from './docs-blocks.ts'
import { metricParams, whereFilter } from './metric-params.ts'
import { addOnce, fqnOf } from './parse-exposures.ts'
import type { ParseScope } from './parse-scope.ts'
import type { ParsedNodes } from './parsed-nodes.ts'
import type { Described } from './properties-index.ts'
import { refOf } from './sql-node.ts'

type Values = Readonly<Record<string, unknown>>

export interface Semantics {
  readonly metrics: ReadonlyMap<string, ManifestMetric>
  readonly semanticModels: ReadonlyMap<string, ManifestSemanticModel>
  readonly savedQueries: ReadonlyMap<string, ManifestSavedQuery>
}

/** What the semantic layer says: kept in the shapes of a manifest, linked later, computed by nobody here. */
export function parseSemantics(scope: ParseScope, docs: DocsBlocks, nodes: ParsedNodes): Semantics {
  const metrics = new Map<string, ManifestMetric>()
  const semanticModels = new Map<string, ManifestSemanticModel>()
  const savedQueries = new Map<string, ManifestSavedQuery>()
  for (const described of scope.properties.all('semantic_models')) {
    const node = semanticModel(described, scope, docs)
    if (node.config['enabled'] !== false) addOnce(semanticModels, node, described, scope, nodes)
    for (const measure of listOf(described.entry['measures'])) {
      if (measure['create_metric'] !== true) continue
      const name = String(measure['name'])
      const entry: SemanticEntry = {
        name,
        label: measure['label'] ?? name,
        type: 'simple',
        type_params: { measure: name, expr: name },
        description: textOf(measure['description']) ?? `Metric created from measure ${name}`,
        config: { enabled: node.config['enabled'] !== false },
      }
      addMetric({ ...described, entry })
    }
  }
  function addMetric(described: Described<SemanticEntry>): void {
    const node = metric(described, scope, docs)
    if (node.config['enabled'] === false)
      nodes.addDisabled(node, { properties: { origin: described.origin } })
    else addOnce(metrics, node, described, scope, nodes)
  }
  for (const described of scope.properties.all('metrics')) addMetric(described)
  for (const described of scope.properties.all('saved_queries')) {
    const node = savedQuery(described, scope, docs)
    if (node.config['enabled'] !== false) addOnce(savedQueries, node, described, scope, nodes)
  }
  return { metrics, semanticModels, savedQueries }
}

type SemanticKind = 'metrics' | 'semantic_models' | 'saved_queries'

function baseOf(
  kind: SemanticKind,
  described: Described<SemanticEntry>,
  scope: ParseScope,
  docs: DocsBlocks,
) {
  const { entry, packageName, document } = described
  const fqn = fqnOf(described)
  const layers = { properties: entry.config ?? {} }
  const config = scope.configs.merged(kind, packageName, fqn, layers)
  const meta = { ...recordOf(entry.meta), ...recordOf(config['meta']) }
  return {
    name: entry.name,
    package_name: packageName,
    path: document.below,
    original_file_path: document.path,
    fqn,
    description:
      typeof entry.description === 'string'
        ? docs.render(entry.description, packageName, document.shown).description
        : null,
    label: textOf(entry['label']),
    meta,
    tags: [...new Set([...asList(entry.tags), ...textsOf(config['tags'])])],
    config,
    unrendered_config: scope.configs.unrendered(kind, packageName, fqn, layers),
    group: textOf(config['group']),
    refs: [],
    sources: [],
    metrics: [],
    depends_on: { macros: [], nodes: [] },
    created_at: scope.now,
  }
}

function metric(described: Described<SemanticEntry>, scope: ParseScope, docs: DocsBlocks): ManifestMetric {
  const { entry } = described
  const base = baseOf('metrics', described, scope, docs)
  const params = recordOf(entry['type_params'])
  const type = termOf(entry['type']) ?? ''
  return {
    ...base,
    resource_type: 'metric',
    unique_id: `metric.${base.package_name}.${base.name}`,
    // Of metrics alone, dbt leaves those of the configuration aside.
    tags: asList(entry.tags),
    description: base.description ?? '',
    type,
    type_params: metricParams(type, params),
    filter: whereFilter(entry['filter']),
    time_granularity: textOf(entry['time_granularity']),
    metrics: metricsOf(type, params).map((name) => [name]),
  }
}

/** The metrics that a derived or ratio metric is computed from. */
function metricsOf(type: string, params: Values): readonly string[] {
  const nameOf = (input: unknown) => (typeof input === 'string' ? input : textOf(recordOf(input)['name']))
  const inputs =
    type === 'derived'
      ? Array.isArray(params['metrics'])
        ? params['metrics']
        : []
      : type === 'ratio'
        ? [params['numerator'], params['denominator']]
        : []
  return inputs.map(nameOf).filter((name) => name !== null)
}

function semanticModel(
  described: Described<SemanticEntry>,
  scope: ParseScope,
  docs: DocsBlocks,
): ManifestSemanticModel {
  const { entry, packageName, document } = described
  const base = baseOf('semantic_models', described, scope, docs)
  const model = textOf(entry['model']) ?? ''
  const reference = parseReference(model)
  const element = (item: Values): Values => ({
    ...item,
    description:
      typeof item['description'] === 'string'
        ? docs.render(item['description'], packageName, document.shown).description
        : null,
    label: item['label'] ?? null,
    expr: item['expr'] === undefined || item['expr'] === null ? null : String(item['expr']),
    config: { meta: { ...recordOf(base.config['meta']), ...recordOf(recordOf(item['config'])['meta']) } },
  })
  return {
    ...base,
    resource_type: 'semantic_model',
    unique_id: `semantic_model.${packageName}.${base.name}`,
    model,
    node_relation: null,
    defaults: isRecord(entry['defaults']) ? { agg_time_dimension: null, ...entry['defaults'] } : null,
    entities: listOf(entry['entities']).map((item) => ({
      role: null,
      ...element(item),
      type: termOf(item['type']),
    })),
    measures: listOf(entry['measures']).map((item) => ({
      agg_time_dimension: null,
      ...element(item),
      agg: termOf(item['agg']),
      agg_params: aggregation(item['agg_params']),
      non_additive_dimension: nonAdditive(item['non_additive_dimension']),
      // dbt makes the metric and forgets that it was asked to.
      create_metric: false,
    })),
    dimensions: listOf(entry['dimensions']).map((item) => ({
      is_partition: false,
      metadata: null,
      ...element(item),
      type: termOf(item['type']),
      type_params: timeParams(item['type_params']),
    })),
    primary_entity: textOf(entry['primary_entity']),
    refs: reference?.kind === 'ref' ? [refOf(reference)] : [],
  }
}

function timeParams(given: unknown): Values | null {
  if (!isRecord(given)) return null
  return { validity_params: null, ...given, time_granularity: termOf(given['time_granularity']) }
}

function aggregation(given: unknown): Values | null {
  const taken = { percentile: null, use_discrete_percentile: false, use_approximate_percentile: false }
  return isRecord(given) ? { ...taken, ...given } : null
}

function nonAdditive(given: unknown): Values | null {
  return isRecord(given) ? { ...given, window_choice: termOf(given['window_choice']) } : null
}

function savedQuery(
  described: Described<SemanticEntry>,
  scope: ParseScope,
  docs: DocsBlocks,
): ManifestSavedQuery {
  const { entry } = described
  const base = baseOf('saved_queries', described, scope, docs)
  const params = recordOf(entry['query_params'])
  const metrics = textsOf(params['metrics'])
  return {
    ...base,
    resource_type: 'saved_query',
    unique_id: `saved_query.${base.package_name}.${base.name}`,
    metrics: metrics.map((name) => [name]),
    query_params: {
      metrics,
      group_by: textsOf(params['group_by']),
      where: whereFilter(params['where']),
      order_by: textsOf(params['order_by']),
      limit: params['limit'] ?? null,
    },
    exports: listOf(entry['exports']).map((item) => {
      const given = recordOf(item['config'])
      const { export_as, schema_name, schema } = { ...base.config, ...given }
      const name = String(item['name'])
      const relation = scope.relations.name(
        {
          unique_id: `saved_query.${base.package_name}.${base.name}`,
          name,
          resource_type: 'saved_query',
          package_name: base.package_name,
          original_file_path: base.original_file_path,
        },
        { ...base.config, ...given },
      )
      const config = {
        export_as: export_as ?? null,
        schema_name: schema_name ?? schema ?? relation.schema,
        alias: given['alias'] ?? relation.identifier,
        database: relation.database,
      }
      return { name, config, unrendered_config: given }
    }),
  }
}

function listOf(value: unknown): readonly Values[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}
