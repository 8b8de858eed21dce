import type { Manifest } from '../../dbt/manifest/manifest.ts'
import type { ManifestNode } from '../../dbt/manifest/manifest-node.ts'

/** What of a manifest has a place in the graph: nodes that are switched on. */
export function enabledNodes(manifest: Manifest): readonly ManifestNode[] {
  return Object.values(manifest.nodes).filter((node) => node.config['enabled'] !== false)
}
