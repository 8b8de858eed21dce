import type { Manifest } from '../../../src/dbt/manifest/manifest.ts'
import type {
  ManifestColumn,
  ManifestModel,
  ManifestNode,
  ManifestSeed,
  ManifestTest,
} from '../../../src/dbt/manifest/manifest-node.ts'
import type { ManifestSource } from '../../../src/dbt/manifest/manifest-source.ts'
import type { ManifestUnitTest } from '../../../src/dbt/manifest/manifest-unit-test.ts'

/** The fields that all nodes have, for a node of a shop. */
function nodeBase(kind: string, name: string, path: string) {
  const folder = {
    model: 'models',
    seed: 'seeds',
    snapshot: 'snapshots',
    test: 'tests',
    analysis: 'analyses',
  }[kind]
  return {
    unique_id: `${kind}.shop.${name}`,
    name,
    package_name: 'shop',
    path,
    original_file_path: folder === undefined ? './dbt_project.yml' : `${folder}/${path}`,
    fqn: ['shop', name],
    database: 'warehouse',
    schema: 'main',
    alias: name,
    relation_name: `"warehouse"."main"."${name}"`,
    checksum: { name: 'sha256', checksum: '00ff' },
    config: { enabled: true },
    unrendered_config: {},
    tags: [],
    description: '',
    doc_blocks: [],
    columns: {},
    meta: {},
    group: null,
    docs: { show: true, node_color: null },
    patch_path: null,
    raw_code: 'select 1 as id',
    language: 'sql',
    refs: [],
    sources: [],
    metrics: [],
    depends_on: { macros: [], nodes: [] },
    contract: { enforced: false, alias_types: true, checksum: null },
    created_at: 1,
  } as const
}

export function sampleColumn(name: string, change: Partial<ManifestColumn> = {}): ManifestColumn {
  return {
    name,
    description: '',
    doc_blocks: [],
    meta: {},
    data_type: null,
    constraints: [],
    quote: null,
    config: { meta: {}, tags: [] },
    tags: [],
    granularity: null,
    ...change,
  }
}

export function sampleModel(name: string, change: Partial<ManifestModel> = {}): ManifestModel {
  return {
    ...nodeBase('model', name, `${name}.sql`),
    resource_type: 'model',
    access: 'protected',
    constraints: [],
    version: null,
    latest_version: null,
    deprecation_date: null,
    primary_key: [],
    time_spine: null,
    ...change,
  }
}

export function sampleSeed(name: string, change: Partial<ManifestSeed> = {}): ManifestSeed {
  return {
    ...nodeBase('seed', name, `${name}.csv`),
    resource_type: 'seed',
    raw_code: '',
    root_path: '/projects/shop',
    ...change,
  }
}

export function sampleTest(name: string, change: Partial<ManifestTest> = {}): ManifestTest {
  return {
    ...nodeBase('test', name, `${name}.sql`),
    resource_type: 'test',
    column_name: null,
    file_key_name: null,
    attached_node: null,
    ...change,
  }
}

export function sampleSource(name: string, change: Partial<ManifestSource> = {}): ManifestSource {
  return {
    unique_id: `source.shop.raw.${name}`,
    name,
    resource_type: 'source',
    package_name: 'shop',
    path: 'models/schema.yml',
    original_file_path: 'models/schema.yml',
    fqn: ['shop', 'raw', name],
    database: 'warehouse',
    schema: 'raw',
    identifier: name,
    relation_name: `"warehouse"."raw"."${name}"`,
    source_name: 'raw',
    source_description: '',
    source_meta: {},
    loader: '',
    doc_blocks: [],
    loaded_at_field: null,
    loaded_at_query: null,
    freshness: null,
    quoting: {},
    external: null,
    description: '',
    columns: {},
    meta: {},
    tags: [],
    config: { enabled: true },
    unrendered_config: {},
    patch_path: null,
    unrendered_database: null,
    unrendered_schema: 'raw',
    created_at: 1,
    ...change,
  }
}

export function sampleUnitTest(change: Partial<ManifestUnitTest> = {}): ManifestUnitTest {
  return {
    unique_id: 'unit_test.shop.orders.counts',
    name: 'counts',
    resource_type: 'unit_test',
    package_name: 'shop',
    path: 'schema.yml',
    original_file_path: 'models/schema.yml',
    fqn: ['shop', 'orders', 'counts'],
    model: 'orders',
    given: [],
    expect: { rows: [], format: 'dict', fixture: null },
    overrides: null,
    versions: null,
    version: null,
    description: '',
    config: { tags: [], meta: {}, enabled: true },
    depends_on: { macros: [], nodes: ['model.shop.orders'] },
    schema: 'main',
    checksum: '00ff',
    tested_node_unique_id: 'model.shop.orders',
    created_at: 1,
    ...change,
  }
}

/** A manifest of these nodes alone. */
export function sampleManifest(nodes: readonly ManifestNode[], change: Partial<Manifest> = {}): Manifest {
  return {
    project_name: 'shop',
    nodes: Object.fromEntries(nodes.map((node) => [node.unique_id, node])),
    sources: {},
    macros: {},
    docs: {},
    exposures: {},
    metrics: {},
    groups: {},
    semantic_models: {},
    saved_queries: {},
    unit_tests: {},
    selectors: {},
    disabled: {},
    parent_map: {},
    child_map: {},
    group_map: {},
    ...change,
  }
}

/** A shop with a resource of every kind. */
export function everyKind(): Manifest {
  const column = sampleColumn('id', { description: 'key', doc_blocks: ['doc.shop.key'] })
  const orders = sampleModel('orders', {
    columns: { id: column },
    time_spine: {
      standard_granularity_column: 'day',
      custom_granularities: [{ name: 'fy', column_name: 'fy' }],
    },
    depends_on: { macros: ['macro.shop.cents'], nodes: ['seed.shop.raw_orders', 'source.shop.raw.items'] },
  })
  const generic: ManifestTest = {
    ...nodeBase('test', 'unique_orders_id', 'unique_orders_id.sql'),
    original_file_path: 'models/schema.yml',
    resource_type: 'test',
    relation_name: null,
    depends_on: { macros: ['macro.dbt.test_unique'], nodes: ['model.shop.orders'] },
    test_metadata: {
      name: 'unique',
      namespace: null,
      kwargs: { column_name: 'id', model: "{{ ref('orders') }}" },
    },
    column_name: 'id',
    file_key_name: 'models.orders',
    attached_node: 'model.shop.orders',
  }
  const singular: ManifestTest = {
    ...nodeBase('test', 'no_refunds', 'no_refunds.sql'),
    resource_type: 'test',
    relation_name: null,
    column_name: null,
    file_key_name: null,
    attached_node: null,
  }
  const resource = { package_name: 'shop', path: 'schema.yml', original_file_path: 'models/schema.yml' }
  const semantic = {
    ...resource,
    description: null,
    label: null,
    meta: {},
    tags: [],
    config: { enabled: true, meta: { tier: 1 } },
    unrendered_config: {},
    group: null,
    refs: [],
    sources: [],
    metrics: [],
    created_at: 1,
  }
  return sampleManifest(
    [
      orders,
      sampleSeed('raw_orders'),
      { ...nodeBase('snapshot', 'history', 'history.sql'), resource_type: 'snapshot' },
      {
        ...nodeBase('analysis', 'look', 'look.sql'),
        path: 'analysis/look.sql',
        resource_type: 'analysis',
        relation_name: null,
      },
      {
        ...nodeBase('operation', 'shop-on-run-end-0', 'hooks/shop-on-run-end-0.sql'),
        resource_type: 'operation',
        relation_name: null,
        index: 0,
      },
      generic,
      singular,
    ],
    {
      sources: { 'source.shop.raw.items': sampleSource('items', { columns: { id: column } }) },
      macros: {
        'macro.shop.cents': {
          ...resource,
          unique_id: 'macro.shop.cents',
          name: 'cents',
          resource_type: 'macro',
          macro_sql: '{% macro cents() %}1{% endmacro %}',
          depends_on: { macros: [] },
          description: '',
          meta: {},
          docs: { show: true, node_color: null },
          patch_path: null,
          arguments: [],
          supported_languages: null,
          created_at: 1,
        },
      },
      docs: {
        'doc.shop.key': {
          ...resource,
          unique_id: 'doc.shop.key',
          name: 'key',
          resource_type: 'doc',
          block_contents: 'key',
        },
      },
      groups: {
        'group.shop.finance': {
          ...resource,
          unique_id: 'group.shop.finance',
          name: 'finance',
          resource_type: 'group',
          owner: { name: 'Finance' },
          description: null,
          config: { meta: {} },
        },
      },
      exposures: {
        'exposure.shop.board': {
          ...semantic,
          unique_id: 'exposure.shop.board',
          name: 'board',
          fqn: ['shop', 'board'],
          resource_type: 'exposure',
          description: '',
          type: 'dashboard',
          owner: { name: 'Ada' },
          maturity: 'high',
          url: null,
          depends_on: { macros: [], nodes: ['model.shop.orders'] },
        },
      },
      metrics: {
        'metric.shop.orders': {
          ...semantic,
          unique_id: 'metric.shop.orders',
          name: 'orders',
          fqn: ['shop', 'orders'],
          resource_type: 'metric',
          description: '',
          label: 'Orders',
          type: 'simple',
          type_params: { measure: { name: 'orders' } },
          filter: null,
          time_granularity: null,
          depends_on: { macros: [], nodes: ['semantic_model.shop.orders'] },
        },
      },
      semantic_models: {
        'semantic_model.shop.orders': {
          ...semantic,
          unique_id: 'semantic_model.shop.orders',
          name: 'orders',
          fqn: ['shop', 'orders'],
          resource_type: 'semantic_model',
          model: "ref('orders')",
          node_relation: { alias: 'orders', schema_name: 'main', database: 'warehouse', relation_name: null },
          defaults: { agg_time_dimension: 'day' },
          entities: [{ name: 'order', type: 'primary', expr: 'id' }],
          measures: [{ name: 'orders', agg: 'count', expr: 'id' }],
          dimensions: [{ name: 'day', type: 'time', type_params: { time_granularity: 'day' } }],
          primary_entity: null,
          depends_on: { macros: [], nodes: ['model.shop.orders'] },
        },
      },
      saved_queries: {
        'saved_query.shop.daily': {
          ...semantic,
          unique_id: 'saved_query.shop.daily',
          name: 'daily',
          fqn: ['shop', 'daily'],
          resource_type: 'saved_query',
          query_params: { metrics: ['orders'], group_by: [], where: null, order_by: [], limit: null },
          exports: [{ name: 'daily', config: { export_as: 'table', schema_name: 'main', alias: 'daily' } }],
          depends_on: { macros: [], nodes: ['metric.shop.orders'] },
        },
      },
      unit_tests: {
        'unit_test.shop.orders.counts': sampleUnitTest({
          given: [{ input: "ref('raw_orders')", rows: [{ id: 1 }], format: 'dict', fixture: null }],
        }),
      },
      selectors: { nightly: { name: 'nightly', definition: { method: 'tag', value: 'nightly' } } },
      disabled: { 'model.shop.old': [sampleModel('old', { config: { enabled: false } })] },
      parent_map: { 'model.shop.orders': ['seed.shop.raw_orders', 'source.shop.raw.items'] },
      child_map: { 'seed.shop.raw_orders': ['model.shop.orders'] },
      group_map: { finance: [] },
    },
  )
}
