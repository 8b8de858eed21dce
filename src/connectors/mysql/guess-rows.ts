import { z } from 'zod'
import type { TableClient } from '../tables/table-client.ts'
import { quoteTable } from './mysql-sql.ts'
import type { MysqlTable } from './mysql-table.ts'

/** What MySQL calls the rows that come out; MariaDB tells those looked at, and how many per cent of them do. */
const produced = z.looseObject({ rows_produced_per_join: z.coerce.number() })
const filtered = z.looseObject({ rows: z.coerce.number(), filtered: z.coerce.number() })

/** How many rows of a table meet a condition, as the source's planner guesses: nothing is read. */
export async function guessRows(
  client: TableClient,
  table: MysqlTable,
  condition: string | undefined,
): Promise<number> {
  const where = condition === undefined ? '' : ` where ${condition}`
  const [row] = await client.rows(`explain format=json select 1 from ${quoteTable(table)}${where}`)
  return guessIn(JSON.parse(row?.[0] ?? 'null')) ?? 0
}

/** The first step of the plan that tells; undefined where there is nothing to read. */
function guessIn(step: unknown): number | undefined {
  const ours = produced.safeParse(step).data
  if (ours !== undefined) return ours.rows_produced_per_join
  const theirs = filtered.safeParse(step).data
  if (theirs !== undefined) return Math.round((theirs.rows * theirs.filtered) / 100)
  if (typeof step !== 'object' || step === null) return undefined
  for (const part of Object.values(step)) {
    const found = guessIn(part)
    if (found !== undefined) return found
  }
  return undefined
}
