import type {
  ManifestAnalysis,
  ManifestFunction,
  ManifestModel,
  ManifestNode,
  ManifestOperation,
  ManifestSeed,
  ManifestSnapshot,
  ManifestTest,
} from '../../dbt/manifest/manifest-node.ts'
import type { ManifestExposure } from '../../dbt/manifest/manifest-semantics.ts'
import type { ManifestSource } from '../../dbt/manifest/manifest-source.ts'
import type { ManifestUnitTest } from '../../dbt/manifest/manifest-unit-test.ts'
import { attempt } from '../../dbt/parse/attempt.ts'
import type { Pipeline } from '../../project/pipeline.ts'
import { canonicalSql } from '../../sql/canonical-sql.ts'
import type {
  AnalysisNode,
  CheckNode,
  ExposureNode,
  FunctionNode,
  ModelNode,
  Node,
  OperationNode,
  PipelineNode,
  SeedNode,
  SnapshotNode,
  SourceNode,
  UnitTestNode,
} from '../node.ts'
import { CheckMaker, type CheckMaterials } from './check-maker.ts'
import { MakingMacros } from './making-macros.ts'
import { pipelineFingerprint } from './pipeline-fingerprint.ts'
import { pipelineLookups } from './pipeline-lookups.ts'
import { relationOf } from './relation-of.ts'

interface Materials extends CheckMaterials {
  /** The unique ids each node reads from, sorted. */
  readonly parents: ReadonlyMap<string, readonly string[]>
}

/** Configuration beyond its query that decides what a model's table holds. */
const DECIDING = [
  ...['unique_key', 'incremental_strategy', 'on_schema_change', 'full_refresh', 'pre-hook', 'post-hook'],
  ...[
    'strategy',
    'updated_at',
    'check_cols',
    'hard_deletes',
    'dbt_valid_to_current',
    'event_time',
    'batch_size',
  ],
  ...[
    'begin',
    'lookback',
    'sql_header',
    'partition_by',
    'contract',
    'column_types',
    'delimiter',
    'quote_columns',
  ],
]

/** Makes the nodes of a graph from a manifest's; to be asked in dependency order. */
export class NodeMaker {
  readonly #materials: Materials
  readonly #checks: CheckMaker
  readonly #making: MakingMacros

  constructor(materials: Materials) {
    this.#materials = materials
    this.#checks = new CheckMaker(materials)
    this.#making = new MakingMacros(materials.parsed.renderer.macros)
  }

  pipeline(pipeline: Pipeline, uniqueId: string, project: string): PipelineNode {
    const { name, description, tags, origin } = pipeline
    const { parsed, database, diagnostics } = this.#materials
    const lookups = pipelineLookups(pipeline, parsed.manifest, database, diagnostics)
    return Object.freeze({
      kind: 'pipeline',
      uniqueId,
      name,
      fqn: [project, ...origin.file.split('/').slice(1, -1), name],
      description,
      tags,
      path: origin.file,
      dependsOn: this.#parents(uniqueId),
      fingerprint: pipelineFingerprint(pipeline),
      pipeline,
      lookups: Object.fromEntries(lookups.map(({ reference, relation }) => [reference, relation])),
    })
  }

  source(source: ManifestSource): SourceNode {
    const relation = relationOf(source, this.#materials.database)
    return Object.freeze({
      kind: 'source',
      ...this.#base(source),
      name: `${source.source_name}.${source.name}`,
      fingerprint: this.#materials.fingerprint(() => ({ kind: 'source', relation })),
      source: source.source_name,
      table: source.name,
      relation,
      manifest: source,
    })
  }

  /** Undefined when the node cannot be made; why is among the diagnostics. */
  node(node: ManifestNode): Node | undefined {
    return attempt(this.#materials.diagnostics, () => this.#node(node))
  }

  /** Notes what is wrong with a node by itself, where the graph cannot be made. */
  judge(node: ManifestNode): void {
    if (node.resource_type === 'test') attempt(this.#materials.diagnostics, () => this.#checks.judge(node))
  }

  unitTest(test: ManifestUnitTest): UnitTestNode {
    const { created_at: _at, description: _text, ...deciding } = test
    return Object.freeze({
      kind: 'unit-test',
      ...this.#base({ ...test, tags: [] }),
      tags: Array.isArray(test.config['tags'])
        ? test.config['tags'].filter((tag) => typeof tag === 'string')
        : [],
      fingerprint: this.#materials.fingerprint(() => deciding),
      manifest: test,
    })
  }

  exposure(exposure: ManifestExposure): ExposureNode {
    return Object.freeze({
      kind: 'exposure',
      ...this.#base({ ...exposure, description: exposure.description ?? '' }),
      fingerprint: this.#materials.fingerprint(() => ({ kind: 'exposure', type: exposure.type })),
      manifest: exposure,
    })
  }

  #node(node: ManifestNode): Node | undefined {
    switch (node.resource_type) {
      case 'model':
        return this.#model(node)
      case 'seed':
        return this.#seed(node)
      case 'snapshot':
        return this.#snapshot(node)
      case 'analysis':
        return this.#analysis(node)
      case 'function':
        return this.#function(node)
      case 'operation':
        return this.#operation(node)
      case 'test':
        return this.#check(node)
    }
  }

  #model(node: ManifestModel): ModelNode {
    const relation = relationOf(node, this.#materials.database)
    const { sql, stableSql, waitsFor, volatile } = this.#materials.compiler.compile(node)
    const materialization = String(node.config['materialized'])
    return Object.freeze({
      kind: 'model',
      ...this.#base(node),
      fingerprint: this.#materials.fingerprint(() => ({
        kind: 'model',
        materialization,
        relation,
        sql: canonicalSql(stableSql),
        ...decidingConfig(node.config),
        ...this.#making.of(node.config),
      })),
      volatile,
      materialization,
      relation,
      rawSql: node.raw_code,
      compiledSql: sql,
      waitsFor,
      columns: Object.values(node.columns).map(({ name, description }) => ({ name, description })),
      manifest: node,
    })
  }

  #seed(node: ManifestSeed): SeedNode {
    const relation = relationOf(node, this.#materials.database)
    const { checksum, config } = node
    return Object.freeze({
      kind: 'seed',
      ...this.#base(node),
      fingerprint: this.#materials.fingerprint(() => ({
        kind: 'seed',
        relation,
        checksum,
        ...decidingConfig(config),
        ...this.#making.of(config),
      })),
      // dbt goes by the path of a file of more than 1 MiB, and so does its checksum.
      volatile: checksum.name === 'path' ? 'is of a file too large to be compared' : undefined,
      relation,
      manifest: node,
    })
  }

  #snapshot(node: ManifestSnapshot): SnapshotNode {
    const relation = relationOf(node, this.#materials.database)
    const { sql, stableSql, waitsFor, volatile } = this.#materials.compiler.compile(node)
    return Object.freeze({
      kind: 'snapshot',
      ...this.#base(node),
      fingerprint: this.#materials.fingerprint(() => ({
        kind: 'snapshot',
        relation,
        sql: canonicalSql(stableSql),
        ...decidingConfig(node.config),
        ...this.#making.of(node.config),
      })),
      volatile,
      relation,
      rawSql: node.raw_code,
      compiledSql: sql,
      waitsFor,
      manifest: node,
    })
  }

  #analysis(node: ManifestAnalysis): AnalysisNode {
    const { sql, stableSql, waitsFor } = this.#materials.compiler.compile(node)
    return Object.freeze({
      kind: 'analysis',
      ...this.#base(node),
      fingerprint: this.#materials.fingerprint(() => ({ kind: 'analysis', sql: canonicalSql(stableSql) })),
      rawSql: node.raw_code,
      compiledSql: sql,
      waitsFor,
      manifest: node,
    })
  }

  #function(node: ManifestFunction): FunctionNode {
    const relation = relationOf(node, this.#materials.database)
    const { sql, stableSql, waitsFor, volatile } = this.#materials.compiler.compile(node)
    const { arguments: given, returns, config } = node
    return Object.freeze({
      kind: 'function',
      ...this.#base(node),
      fingerprint: this.#materials.fingerprint(() => ({
        kind: 'function',
        relation,
        sql: canonicalSql(stableSql),
        arguments: given.map(({ name, data_type, default_value }) => ({ name, data_type, default_value })),
        returns: returns.data_type,
        type: config['type'],
        volatility: config['volatility'],
        ...decidingConfig(config),
        ...this.#making.of(config),
      })),
      volatile,
      relation,
      rawSql: node.raw_code,
      compiledSql: sql,
      waitsFor,
      manifest: node,
    })
  }

  #operation(node: ManifestOperation): OperationNode {
    return Object.freeze({
      kind: 'operation',
      ...this.#base(node),
      fingerprint: this.#materials.fingerprint(() => ({ kind: 'operation', sql: node.raw_code })),
      manifest: node,
    })
  }

  #check(node: ManifestTest): CheckNode | undefined {
    return this.#checks.check(node, this.#parents(node.unique_id))
  }

  #base(node: {
    readonly unique_id: string
    readonly name: string
    readonly fqn: readonly string[]
    readonly description: string
    readonly tags: readonly string[]
    readonly original_file_path: string
  }) {
    return {
      uniqueId: node.unique_id,
      name: node.name,
      fqn: node.fqn,
      description: node.description,
      tags: node.tags,
      path: node.original_file_path,
      dependsOn: this.#parents(node.unique_id),
    }
  }

  #parents(uniqueId: string): readonly string[] {
    return this.#materials.parents.get(uniqueId) ?? []
  }
}

/** Nothing for a model of which only its query decides. */
function decidingConfig(config: ManifestNode['config']): {
  readonly config?: Readonly<Record<string, unknown>>
} {
  const given = DECIDING.flatMap((key) => (isGiven(config[key], key) ? [[key, config[key]] as const] : []))
  return given.length === 0 ? {} : { config: Object.fromEntries(given) }
}

function isGiven(value: unknown, key: string): boolean {
  if (value === undefined || value === null || value === 'ignore' || (key === 'lookback' && value === 1))
    return false
  if (key === 'contract') return typeof value === 'object' && Reflect.get(value, 'enforced') === true
  return typeof value !== 'object' || Object.keys(value).length > 0
}
