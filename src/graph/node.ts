import type { Contract } from '../contracts/contract.ts'
import type {
  ManifestAnalysis,
  ManifestFunction,
  ManifestModel,
  ManifestOperation,
  ManifestSeed,
  ManifestSnapshot,
  ManifestTest,
} from '../dbt/manifest/manifest-node.ts'
import type { ManifestExposure } from '../dbt/manifest/manifest-semantics.ts'
import type { ManifestSource } from '../dbt/manifest/manifest-source.ts'
import type { ManifestUnitTest } from '../dbt/manifest/manifest-unit-test.ts'
import type { Relation } from '../engines/relation.ts'
import type { Pipeline } from '../project/pipeline.ts'
import type { Check } from '../quality/check.ts'

interface BaseNode {
  /** `<kind>.<project>.<name>` as dbt writes it: checks are `test.…`, with dbt's hash when generic. */
  readonly uniqueId: string
  readonly name: string
  /** Project, folders and name: what a bare selector is matched against, as in dbt. */
  readonly fqn: readonly string[]
  readonly description: string
  readonly tags: readonly string[]
  /** The file that defines it, relative to the project folder. */
  readonly path: string
  /** Unique ids of the nodes this one reads from, sorted. */
  readonly dependsOn: readonly string[]
  /** SHA-256 over what defines the node's result (not its place or description), in hex. */
  readonly fingerprint: string
  /** Why its result may be another one though its fingerprint and its parents are the same: it "calls now()". */
  readonly volatile?: string | undefined
}

/** Extract → land → load of one or more streams. */
export interface PipelineNode extends BaseNode {
  readonly kind: 'pipeline'
  readonly pipeline: Pipeline
  /** Where the tables are that its stages look up, as they name them. */
  readonly lookups: Readonly<Record<string, Relation>>
}

/** A table that models read with source(): filled by a pipeline, or by someone else. */
export interface SourceNode extends BaseNode {
  readonly kind: 'source'
  readonly source: string
  readonly table: string
  readonly relation: Relation
  readonly manifest: ManifestSource
}

/** What builds a model: table, view, ephemeral, incremental, or any that a project defines. */
export type Materialization = string

/** What a template's SQL is, or why it is not known yet. */
interface Compiled {
  /** The file as written. */
  readonly rawSql: string
  /** The query with every template resolved and ephemeral parents folded in; empty where it has to wait. */
  readonly compiledSql: string
  /** What it asks of the warehouse: it is compiled when it runs. Undefined where it is compiled. */
  readonly waitsFor: string | undefined
}

export interface ModelNode extends BaseNode, Compiled {
  readonly kind: 'model'
  readonly materialization: Materialization
  readonly relation: Relation
  readonly columns: readonly { readonly name: string; readonly description: string }[]
  readonly manifest: ManifestModel
}

/** A CSV file that becomes a table. */
export interface SeedNode extends BaseNode {
  readonly kind: 'seed'
  readonly relation: Relation
  readonly manifest: ManifestSeed
}

/** A query whose results are kept as they change. */
export interface SnapshotNode extends BaseNode, Compiled {
  readonly kind: 'snapshot'
  readonly relation: Relation
  readonly manifest: ManifestSnapshot
}

/** A query that is compiled and not run. */
export interface AnalysisNode extends BaseNode, Compiled {
  readonly kind: 'analysis'
  readonly manifest: ManifestAnalysis
}

/** A function of the warehouse, that queries call. */
export interface FunctionNode extends BaseNode, Compiled {
  readonly kind: 'function'
  readonly relation: Relation
  readonly manifest: ManifestFunction
}

/** A hook that runs before or after everything else. Its template is rendered when it runs. */
export interface OperationNode extends BaseNode {
  readonly kind: 'operation'
  readonly manifest: ManifestOperation
}

/** A model judged with rows of its own. */
export interface UnitTestNode extends BaseNode {
  readonly kind: 'unit-test'
  readonly manifest: ManifestUnitTest
}

/** What depends on models outside the project. */
export interface ExposureNode extends BaseNode {
  readonly kind: 'exposure'
  readonly manifest: ManifestExposure
}

/** A check of one node, or over several; it gates the last of its parents to be built. */
export interface CheckNode extends BaseNode {
  readonly kind: 'check'
  readonly check: Check
  /** What it checks; undefined where its query names its own relations. */
  readonly relation: Relation | undefined
  /** The node it is attached to, when it comes from that node's properties. */
  readonly attachedTo: string | undefined
  readonly column: string | undefined
  /** What its template asks of the warehouse: its query is compiled when it runs. Undefined where it is compiled. */
  readonly waitsFor: string | undefined
  /** The test that it is; undefined of what a contract demands. */
  readonly manifest: ManifestTest | undefined
  /** The unique id of the contract that demands it. */
  readonly contract?: string
}

/** A check that is a test of dbt's. */
export type TestNode = CheckNode & { readonly manifest: ManifestTest }

/** What a producer promises of datasets; its checks are nodes of their own. */
export interface ContractNode extends BaseNode {
  readonly kind: 'contract'
  readonly contract: Contract
}

export type Node =
  | PipelineNode
  | SourceNode
  | SeedNode
  | ModelNode
  | SnapshotNode
  | CheckNode
  | UnitTestNode
  | AnalysisNode
  | FunctionNode
  | OperationNode
  | ExposureNode
  | ContractNode
export type NodeKind = Node['kind']

export function isTestNode(node: Node): node is TestNode {
  return node.kind === 'check' && node.manifest !== undefined
}
