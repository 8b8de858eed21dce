import type { IncrementalKey } from './incremental-key.ts'
import type { SourceTable } from './source-table.ts'
import type { TableClient } from './table-client.ts'
import type { TableDialect } from './table-dialect.ts'

/** Keys up to a text, itself included, above `from`. */
export interface KeyRange {
  readonly condition: string
  readonly to: string
}

/** The greatest key there is; null when no row has one. */
export async function greatestKey<Table extends SourceTable>(
  { quoteTable, text }: TableDialect<Table>,
  client: TableClient,
  table: Table,
  key: IncrementalKey,
): Promise<string | null> {
  const [row] = await client.rows(
    `select ${text(`max(${key.name})`)} from ${quoteTable(table)}${withKey(key, undefined)}`,
  )
  return row?.[0] ?? null
}

/**
 * Cuts the rows above a condition into ranges of the key of about `rows` rows each. Rows of one key are never in two
 * ranges. None when there are no rows.
 */
export async function keyRanges<Table extends SourceTable>(
  { quoteTable, text }: TableDialect<Table>,
  client: TableClient,
  table: Table,
  key: IncrementalKey,
  above: string | undefined,
  rows: number,
): Promise<readonly KeyRange[]> {
  const { name, value } = key
  const found = await client.rows(
    `select distinct max(k) as k, ${text('max(k)')} from (
       select ${name} as k, floor((row_number() over (order by ${name}) - 1) / ${rows}) as part
       from ${quoteTable(table)}${withKey(key, above)}) as cut
     group by part order by 1`,
  )
  return found.map(([, to], index) => {
    const before = found[index - 1]?.[1]
    const low = before == null ? above : `${name} > ${value(before)}`
    const parts = [low, `${name} <= ${value(to!)}`, finite(key)].filter((part) => part !== undefined)
    return { condition: parts.join(' and '), to: to! }
  })
}

function withKey(key: IncrementalKey, above: string | undefined): string {
  const parts = [above, finite(key)].filter((part) => part !== undefined)
  return parts.length === 0 ? '' : ` where ${parts.join(' and ')}`
}

function finite({ keyless }: IncrementalKey): string | undefined {
  return keyless === undefined ? undefined : `not (${keyless})`
}
