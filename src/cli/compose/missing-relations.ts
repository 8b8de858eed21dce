import type { Executor } from '../../engines/engine.ts'
import type { Graph } from '../../graph/graph.ts'
import { hasRelation } from '../../graph/has-relation.ts'
import { relationName } from '../../graph/relation-name.ts'

/** Unique ids of the nodes whose table or view is not in the warehouse. */
export async function missingRelations(executor: Executor, graph: Graph): Promise<ReadonlySet<string>> {
  const rows = await executor.rows(
    `select table_schema as place, table_name as name from information_schema.tables
where table_catalog = current_database()`,
  )
  const there = new Set(
    rows.map(({ place, name }) => relationName({ schema: String(place), name: String(name) })),
  )
  const gone = [...graph.nodes.values()].filter(
    (node) => hasRelation(node) && !there.has(relationName(node.relation)),
  )
  return new Set(gone.map((node) => node.uniqueId))
}
