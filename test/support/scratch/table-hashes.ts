import { createHash } from 'node:crypto'
import type { Executor } from '../../../src/engines/engine.ts'
import type { ScratchProject } from '../scratch-project.ts'

/** A hash of each table's and view's whole content, whatever order its rows are stored in, by full name. */
export function tableHashes(project: ScratchProject): Promise<Readonly<Record<string, string>>> {
  return project.withWarehouse(async (warehouse) => {
    const relations = await warehouse.rows(
      `select table_schema as s, table_name as t from information_schema.tables
 where table_schema not in ('information_schema', 'pg_catalog') order by 1, 2`,
    )
    const hashes: Record<string, string> = {}
    for (const { s, t } of relations) hashes[`${s}.${t}`] = await hashOf(warehouse, `${s}.${t}`)
    return hashes
  })
}

async function hashOf(warehouse: Executor, relation: string): Promise<string> {
  const rows = await warehouse.rows(`select * from ${relation}`)
  const lines = rows.map((row) =>
    JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)),
  )
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex')
}
