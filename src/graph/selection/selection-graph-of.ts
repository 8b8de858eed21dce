import type { Selectable } from '../../dbt/selection/selectable.ts'
import type { SelectionGraph } from '../../dbt/selection/selection-graph.ts'
import type { Graph } from '../graph.ts'
import type { Node } from '../node.ts'

/** The platform's graph as selection sees it. */
export function selectionGraphOf(graph: Graph): SelectionGraph {
  const none: readonly string[] = []
  return {
    project: graph.project,
    members: new Map([...graph.nodes].map(([id, node]) => [id, selectableOf(node)])),
    parents: (id) => graph.nodes.get(id)?.dependsOn ?? none,
    children: (id) => graph.children.get(id) ?? none,
    manifest: graph.manifest,
  }
}

/** A node in the words of dbt's manifest. */
function selectableOf(node: Node): Selectable {
  if (node.kind !== 'pipeline') return node.manifest
  return {
    unique_id: node.uniqueId,
    resource_type: node.kind,
    name: node.name,
    package_name: node.fqn[0] ?? '',
    fqn: node.fqn,
    original_file_path: node.path,
    tags: node.tags,
  }
}
