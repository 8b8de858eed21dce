import type { Manifest } from '../../src/dbt/manifest/manifest.ts'
import type { Graph } from '../../src/graph/graph.ts'
import type { CheckNode, ModelNode, Node, PipelineNode, SourceNode } from '../../src/graph/node.ts'
import { toposort } from '../../src/graph/toposort.ts'
import type { Pipeline } from '../../src/project/pipeline.ts'
import { sampleModel, sampleSource, sampleTest } from '../dbt/artifacts/sample-manifest.ts'

type Given<T> = Partial<T> & { readonly name: string; readonly dependsOn?: readonly string[] }

const base = (prefix: string, { name }: { readonly name: string }, folder: string) => ({
  uniqueId: `${prefix}.shop.${name}`,
  name,
  fqn: ['shop', name],
  description: '',
  tags: [],
  path: `${folder}/${name}.sql`,
  dependsOn: [],
  fingerprint: `${name} v1`,
})

/** What a node of a manifest and one of the graph say alike. */
const shared = ({ uniqueId, name, fqn, path, tags, dependsOn }: Omit<Node, 'kind'>) => ({
  unique_id: uniqueId,
  name,
  fqn,
  path,
  original_file_path: path,
  tags,
  depends_on: { macros: [], nodes: dependsOn },
})

export function model(given: Given<ModelNode>): ModelNode {
  const node = {
    kind: 'model',
    ...base('model', given, 'models'),
    materialization: 'table',
    relation: { schema: 'main', name: given.name },
    rawSql: '',
    compiledSql: '',
    waitsFor: undefined,
    columns: [],
    ...given,
  } as const
  const { materialization, rawSql } = node
  const config = { enabled: true, materialized: materialization }
  return { manifest: sampleModel(node.name, { ...shared(node), config, raw_code: rawSql }), ...node }
}

export function check(given: Given<CheckNode>): CheckNode {
  const node = {
    kind: 'check',
    ...base('test', given, 'tests'),
    check: { name: given.name, rule: { rule: 'row_count', min: 1 }, severity: 'error' },
    relation: undefined,
    attachedTo: undefined,
    column: undefined,
    waitsFor: undefined,
    ...given,
  } as const
  const { check: judged, attachedTo } = node
  const metadata = { name: judged.rule.rule, namespace: null, kwargs: {} }
  const manifest = sampleTest(node.name, {
    ...shared(node),
    config: { enabled: true, severity: judged.severity },
    ...(attachedTo === undefined ? {} : { attached_node: attachedTo, test_metadata: metadata }),
  })
  return { manifest, ...node }
}

export function source(
  given: Given<SourceNode> & { readonly source: string; readonly table: string },
): SourceNode {
  const node = {
    kind: 'source',
    ...base('source', given, 'pipelines'),
    fqn: ['shop', given.source, given.table],
    relation: { schema: 'raw', name: `raw_${given.source}_${given.table}` },
    ...given,
  } as const
  const { source: system, table } = node
  return { manifest: sampleSource(table, { ...shared(node), name: table, source_name: system }), ...node }
}

export function pipeline(given: Given<PipelineNode>): PipelineNode {
  return {
    kind: 'pipeline',
    lookups: {},
    ...base('pipeline', given, 'pipelines'),
    pipeline: samplePipeline(given.name),
    ...given,
  }
}

export function samplePipeline(name: string, change: Partial<Pipeline> = {}): Pipeline {
  return {
    name,
    description: '',
    owner: undefined,
    schedule: undefined,
    timezone: 'UTC',
    slaMinutes: undefined,
    tier: 2,
    tags: [],
    extract: {
      sourceSystem: 'shop',
      strategy: 'full',
      incrementalKey: undefined,
      eventTime: undefined,
      maxLatenessHours: undefined,
      files: [],
      store: undefined,
      database: undefined,
      api: undefined,
      tap: undefined,
    },
    transform: { stages: [] },
    load: {
      targetSystem: undefined,
      schema: 'raw',
      strategy: 'append',
      mergeKeys: [],
      matched: 'upsert',
      deletedWhen: undefined,
      partitionKey: undefined,
      history: {
        effectiveAt: undefined,
        columns: [],
        validFrom: 'valid_from',
        validTo: 'valid_to',
        isCurrent: 'is_current',
      },
      schemaChanges: { tables: 'evolve', columns: 'evolve', types: 'freeze', removed: 'evolve', streams: {} },
      names: undefined,
      nested: undefined,
    },
    gates: { preLoad: [], postLoad: [] },
    errorHandling: {
      strategy: 'fail-fast',
      maxRetries: 3,
      retryDelaySeconds: 300,
      timeoutSeconds: undefined,
      alertChannels: [],
    },
    origin: { file: `pipelines/${name}.yml`, path: [] },
    ...change,
  }
}

export const NO_MANIFEST: Manifest = {
  project_name: 'shop',
  nodes: {},
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
}

export function graphOf(...nodes: readonly Node[]): Graph {
  const byId = new Map(nodes.map((node) => [node.uniqueId, node]))
  const order = toposort(new Map(nodes.map((node) => [node.uniqueId, node.dependsOn])))
  const children = new Map<string, string[]>()
  for (const node of nodes) {
    for (const parent of node.dependsOn)
      children.set(parent, [...(children.get(parent) ?? []), node.uniqueId].sort())
  }
  return {
    project: 'shop',
    nodes: new Map(order.map((id) => [id, byId.get(id)!])),
    children,
    manifest: NO_MANIFEST,
    warnings: [],
  }
}
