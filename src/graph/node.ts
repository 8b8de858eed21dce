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
}

/** Extract → land → load of one or more streams. */
export interface PipelineNode extends BaseNode {
  readonly kind: 'pipeline'
  readonly pipeline: Pipeline
}

/** A table that models read with source(): filled by a pipeline, or by someone else. */
export interface SourceNode extends BaseNode {
  readonly kind: 'source'
  readonly source: string
  readonly table: string
  readonly relation: Relation
}

export type Materialization = 'table' | 'view' | 'ephemeral'

export interface ModelNode extends BaseNode {
  readonly kind: 'model'
  readonly materialization: Materialization
  readonly relation: Relation
  /** The file as written. */
  readonly rawSql: string
  /** The query with every template resolved and ephemeral parents folded in. */
  readonly compiledSql: string
  readonly columns: readonly { readonly name: string; readonly description: string }[]
}

/** A check of one node, or over several; it gates the last of its parents to be built. */
export interface CheckNode extends BaseNode {
  readonly kind: 'check'
  readonly check: Check
  /** What it checks; undefined for a singular test, whose query names its own relations. */
  readonly relation: Relation | undefined
  /** The node it is attached to, when it comes from that node's properties. */
  readonly attachedTo: string | undefined
  readonly column: string | undefined
}

export type Node = PipelineNode | SourceNode | ModelNode | CheckNode
export type NodeKind = Node['kind']
