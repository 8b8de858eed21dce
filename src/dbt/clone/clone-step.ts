import type { CatalogRelation } from '../adapter/adapter-connection.ts'
import type { ManifestNode } from '../manifest/manifest-node.ts'
import { relationThen } from '../reading/defer.ts'
import type { PreviousManifest } from '../selection/comparison/parse-manifest.ts'

/** What is to be done to clone a node. */
export type CloneStep =
  /** There is nothing to clone, or the node's relation is there already. */
  | { readonly kind: 'nothing'; readonly because: string }
  /** A view over the relation that is cloned; what is there under its name gives way. */
  | { readonly kind: 'view'; readonly sql: string; readonly replaces: CatalogRelation['type'] | undefined }

export interface CloneOptions {
  /** What the warehouse has under the node's own name. */
  readonly existing: CatalogRelation['type'] | undefined
  readonly fullRefresh: boolean
}

/**
 * How a node is cloned from where an earlier run put it: neither DuckDB nor Postgres can copy a table without copying its
 * rows, so the clone is a view, as dbt makes one there. What exists is kept unless a full refresh is asked for.
 */
export function cloneStep(
  node: ManifestNode,
  previous: PreviousManifest,
  { existing, fullRefresh }: CloneOptions,
): CloneStep {
  const origin = relationThen(node, previous)
  if (origin?.relation_name == null) {
    return { kind: 'nothing', because: `the state has no relation for ${node.unique_id}` }
  }
  if (existing !== undefined && !fullRefresh) {
    return { kind: 'nothing', because: `${node.relation_name} exists already` }
  }
  if (origin.relation_name === node.relation_name) {
    return { kind: 'nothing', because: `${node.relation_name} would be cloned from itself` }
  }
  return { kind: 'view', sql: `select * from ${origin.relation_name}`, replaces: existing }
}
