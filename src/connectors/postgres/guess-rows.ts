import { z } from 'zod'
import type { TableClient } from '../tables/table-client.ts'
import type { PostgresTable } from './postgres-table.ts'
import { quoteTable } from './source-sql.ts'

/** What EXPLAIN (FORMAT JSON) gives. https://www.postgresql.org/docs/current/sql-explain.html */
const plan = z.tuple([z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })])

/** How many rows of a table meet a condition, as the source's planner guesses: nothing is read. */
export async function guessRows(
  client: TableClient,
  table: PostgresTable,
  condition: string | undefined,
): Promise<number> {
  const where = condition === undefined ? '' : ` where ${condition}`
  const lines = await client.rows(`explain (format json) select from ${quoteTable(table)}${where}`)
  const [{ Plan }] = plan.parse(JSON.parse(lines.map(([line]) => line).join('')))
  return Plan['Plan Rows']
}
