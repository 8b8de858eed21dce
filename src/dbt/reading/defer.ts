import type { RelationName } from '../context/relation-name.ts'
import type { ManifestNode } from '../manifest/manifest-node.ts'
import type { PreviousManifest } from '../selection/comparison/parse-manifest.ts'

export interface Deferral {
  /** The manifest of --defer-state, or of --state. */
  readonly previous: PreviousManifest
  /** --favor-state: what is not selected is read where the earlier run put it, be it built here or not. */
  readonly favorState: boolean
  readonly selected: ReadonlySet<string>
  /** Whether the warehouse has the relation of a node where this project would build it. */
  exists(node: ManifestNode): boolean
}

/** Where a node is read from. */
export interface DeferredRelation {
  readonly database: string | null
  readonly schema: string | null
  readonly alias: string | null
  readonly relation_name: string | null
}

const KINDS_WITH_RELATION: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot'])

/**
 * The relation of an earlier run that `ref()` to a node gives under --defer; undefined when it is to give the node's own. An
 * ephemeral model has no relation, now or then.
 */
export function deferredRelation(node: ManifestNode, deferral: Deferral): DeferredRelation | undefined {
  if (node.config['materialized'] === 'ephemeral') return undefined
  const then = relationThen(node, deferral.previous)
  if (then === undefined) return undefined
  const favored = deferral.favorState && !deferral.selected.has(node.unique_id)
  return favored || !deferral.exists(node) ? then : undefined
}

/** What an earlier manifest says of where a node was: what `defer_relation` is made of, in templates and when cloning. */
export function relationThen(
  { unique_id }: { readonly unique_id: string },
  previous: PreviousManifest,
): DeferredRelation | undefined {
  const then = previous.nodes[unique_id]
  if (then === undefined || !KINDS_WITH_RELATION.has(then.resource_type)) return undefined
  if (then.config['materialized'] === 'ephemeral') return undefined
  const { database, schema, alias, relation_name } = then
  return { database, schema, alias, relation_name }
}

/** Where nodes are read from instead of where the project builds them, by unique id. */
export function deferredRelations(
  nodes: Iterable<ManifestNode>,
  deferral: Deferral,
): ReadonlyMap<string, RelationName> {
  const relations = new Map<string, RelationName>()
  for (const node of nodes) {
    const then = deferredRelation(node, deferral)
    if (then === undefined) continue
    const { database, schema, alias: identifier } = then
    relations.set(node.unique_id, { database, schema, identifier })
  }
  return relations
}
