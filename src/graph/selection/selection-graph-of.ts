import type { Selectable } from '../../dbt/selection/selectable.ts'
import { graphOfManifest, type SelectionGraph } from '../../dbt/selection/selection-graph.ts'
import type { Graph } from '../graph.ts'
import type { Node } from '../node.ts'

/**
 * The platform's graph as selection sees it: its nodes, and what dbt's files describe beside them (metrics and their like), which nothing
 * is done for.
 */
export function selectionGraphOf(graph: Graph): SelectionGraph {
  const none: readonly string[] = []
  const described = graphOfManifest(graph.manifest)
  const members = new Map<string, Selectable>([...graph.nodes].map(([id, node]) => [id, selectableOf(node)]))
  for (const [id, member] of described.members) if (!members.has(id)) members.set(id, member)
  // What is described reads nodes and is read by none, so that edges to it are the manifest's alone.
  const besides = new Map<string, readonly string[]>()
  for (const id of described.members.keys()) {
    const others = described.children(id).filter((child) => !graph.nodes.has(child))
    if (others.length > 0) besides.set(id, others)
  }
  return {
    project: graph.project,
    members,
    parents: (id) => graph.nodes.get(id)?.dependsOn ?? described.parents(id),
    children: (id) => [...(graph.children.get(id) ?? none), ...(besides.get(id) ?? none)],
    manifest: graph.manifest,
  }
}

/** A node in the words of dbt's manifest. */
function selectableOf(node: Node): Selectable {
  if ('manifest' in node && node.manifest !== undefined) return node.manifest
  return {
    unique_id: node.uniqueId,
    // Checks are dbt's tests, wherever they come from.
    resource_type: node.kind === 'check' ? 'test' : node.kind,
    name: node.name,
    package_name: node.fqn[0] ?? '',
    fqn: node.fqn,
    original_file_path: node.path,
    tags: node.tags,
  }
}
