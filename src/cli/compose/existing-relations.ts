import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type CatalogReader, catalogOf } from '../../dbt/adapter/catalog.ts'
import type { ManifestNode } from '../../dbt/manifest/manifest-node.ts'
import { readRows } from '../../owner/reader.ts'
import { withReader } from './open-reader.ts'
import type { OpenProject } from './workspace.ts'

/**
 * Looks whether the warehouse has the relations of these nodes, and gives the unique ids of those that it has. A warehouse that was
 * never made has none; it is not made for this.
 */
export async function existingRelations(
  place: OpenProject,
  nodes: readonly ManifestNode[],
): Promise<ReadonlySet<string>> {
  const { target, project } = place
  const isMissing =
    target.type === 'duckdb' &&
    (target.path === ':memory:' || !existsSync(resolve(project.root, target.path)))
  if (isMissing || nodes.length === 0) return new Set()
  return withReader(place, async (reader) => {
    const executor: CatalogReader = { rows: (sql, params) => readRows(reader, sql, params) }
    const schemas = Map.groupBy(nodes, ({ database, schema }) => JSON.stringify([database, schema]))
    const found = new Set<string>()
    for (const members of schemas.values()) {
      const [{ database, schema }] = members as [ManifestNode]
      const relations = await catalogOf(target.type).relations(executor, database, schema)
      const names = new Set(relations.map(({ identifier }) => identifier.toLowerCase()))
      for (const node of members) if (names.has(node.alias.toLowerCase())) found.add(node.unique_id)
    }
    return found
  })
}
