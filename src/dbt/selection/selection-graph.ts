import type { Manifest } from '../manifest/manifest.ts'
import type { Selectable } from './selectable.ts'

/** A graph as selection sees it: its members by unique id in a fixed order, and the edges between them. */
export interface SelectionGraph {
  /** What `package:this` means. */
  readonly project: string
  readonly members: ReadonlyMap<string, Selectable>
  /** Unique ids of the members that one reads from; none for what is no member. */
  parents(id: string): readonly string[]
  /** Unique ids of the members that read from one. */
  children(id: string): readonly string[]
  /** What `state:` compares. Undefined where nothing of the project comes from dbt. */
  readonly manifest: Manifest | undefined
}

/** The graph of a manifest alone: everything enabled, linked by its parent and child maps. */
export function graphOfManifest(manifest: Manifest): SelectionGraph {
  const members = new Map<string, Selectable>()
  for (const resources of membersOf(manifest)) {
    for (const resource of Object.values<Selectable>(resources)) members.set(resource.unique_id, resource)
  }
  const within = (edges: Readonly<Record<string, readonly string[]>>) => (id: string) =>
    (edges[id] ?? []).filter((other) => members.has(other))
  return {
    project: manifest.project_name,
    members,
    parents: within(manifest.parent_map),
    children: within(manifest.child_map),
    manifest,
  }
}

/** The sections of a manifest whose resources have a place in the graph. */
function membersOf(manifest: Manifest): readonly Readonly<Record<string, Selectable>>[] {
  const { nodes, sources, exposures, metrics, unit_tests, semantic_models, saved_queries } = manifest
  return [nodes, sources, exposures, metrics, unit_tests, semantic_models, saved_queries]
}
