import type { Manifest } from '../manifest/manifest.ts'
import type { ManifestModel } from '../manifest/manifest-node.ts'
import type {
  ManifestMetric,
  ManifestSavedQuery,
  ManifestSemanticModel,
} from '../manifest/manifest-semantics.ts'
import { inOrder } from './in-order.ts'

type Entry = Readonly<Record<string, unknown>>

/** The model that was the time spine before models could say that they are one. */
const LEGACY_TIME_SPINE = 'metricflow_time_spine'
/** The version of the semantic layer's interfaces whose form this is. */
const DSI_VERSION = { major_version: '0', minor_version: '9', patch_version: '0' }

/** The document of semantic_manifest.json: what the semantic layer says, linked to relations. Nothing here computes it. */
export function semanticManifest(manifest: Manifest): Entry {
  const models = Object.values(manifest.nodes).filter((node) => node.resource_type === 'model')
  const legacy = models.find((model) => model.name === LEGACY_TIME_SPINE)
  const isAsked = Object.keys(manifest.semantic_models).length > 0
  return {
    semantic_models: Object.values(manifest.semantic_models).map(semanticModel),
    metrics: Object.values(manifest.metrics).map(metric),
    project_configuration: {
      time_spine_table_configurations:
        legacy === undefined || !isAsked
          ? []
          : [{ location: legacy.relation_name, column_name: 'date_day', grain: 'day' }],
      metadata: null,
      dsi_package_version: DSI_VERSION,
      time_spines: models.filter((model) => model.time_spine !== null).map(timeSpine),
    },
    saved_queries: Object.values(manifest.saved_queries).map(savedQuery),
  }
}

function semanticModel(semantic: ManifestSemanticModel): Entry {
  return {
    name: semantic.name,
    defaults: semantic.defaults,
    description: semantic.description,
    node_relation: semantic.node_relation,
    primary_entity: semantic.primary_entity,
    entities: semantic.entities.map((entity) => inOrder(ENTITY, entity)),
    measures: semantic.measures.map((measure) => inOrder(MEASURE, measure)),
    dimensions: semantic.dimensions.map((dimension) => inOrder(DIMENSION, dimension)),
    label: semantic.label,
    metadata: semantic.metadata ?? null,
    config: metaOf(semantic.config),
  }
}

const ENTITY = ['name', 'description', 'type', 'role', 'expr', 'metadata', 'label', 'config']
const MEASURE = [
  'name',
  'agg',
  'description',
  'create_metric',
  'expr',
  'agg_params',
  'metadata',
  'non_additive_dimension',
  'agg_time_dimension',
  'label',
  'config',
]
const DIMENSION = [
  'name',
  'description',
  'type',
  'is_partition',
  'type_params',
  'expr',
  'metadata',
  'label',
  'config',
]
const TYPE_PARAMS = [
  'measure',
  'numerator',
  'denominator',
  'expr',
  'window',
  'grain_to_date',
  'metrics',
  'conversion_type_params',
  'cumulative_type_params',
  'input_measures',
]

function metric(each: ManifestMetric): Entry {
  return {
    name: each.name,
    description: each.description ?? '',
    type: each.type,
    type_params: inOrder(TYPE_PARAMS, each.type_params),
    filter: each.filter,
    metadata: each.metadata ?? null,
    label: each.label,
    config: metaOf(each.config),
    time_granularity: each.time_granularity,
  }
}

function savedQuery(query: ManifestSavedQuery): Entry {
  return {
    name: query.name,
    query_params: inOrder(['metrics', 'group_by', 'order_by', 'limit', 'where'], query.query_params),
    description: query.description,
    metadata: query.metadata ?? null,
    label: query.label,
    exports: query.exports.map(({ name, config }) => ({
      name,
      config: inOrder(['export_as', 'schema_name', 'alias'], config),
    })),
    tags: query.tags,
  }
}

function timeSpine(model: ManifestModel): Entry {
  const { standard_granularity_column: column, custom_granularities: custom } = model.time_spine ?? {}
  return {
    node_relation: {
      alias: model.alias,
      schema_name: model.schema,
      database: model.database,
      relation_name: model.relation_name,
    },
    primary_column: {
      name: column,
      time_granularity: Object.values(model.columns).find(({ name }) => name === column)?.granularity ?? null,
    },
    custom_granularities: (Array.isArray(custom) ? custom : []).map((each) =>
      inOrder(['name', 'column_name'], each),
    ),
  }
}

function metaOf(config: Entry): Entry {
  return { meta: config['meta'] ?? {} }
}
