import type { ManifestNode } from '../../dbt/manifest/manifest-node.ts'
import type { ManifestSource } from '../../dbt/manifest/manifest-source.ts'
import type { Relation } from '../../engines/relation.ts'

/** Where a node's result is. The database is left out where it is the one that is connected to. */
export function relationOf(node: ManifestNode | ManifestSource, connected: string): Relation {
  const name = node.resource_type === 'source' ? node.identifier : node.alias
  const { database, schema } = node
  return { ...(database === connected || database === '' ? {} : { database }), schema, name }
}
