import type { IncrementalKey } from './incremental-key.ts'
import type { SourceClient } from './source-client.ts'
import { quoteTable } from './source-sql.ts'
import type { SourceTable } from './source-table.ts'

/** Keys up to a text, itself included, above `from`. */
export interface KeyRange {
  readonly condition: string
  readonly to: string
}

/** The greatest key there is; null when no row has one. */
export async function greatestKey(
  client: SourceClient,
  table: SourceTable,
  key: IncrementalKey,
): Promise<string | null> {
  const [row] = await client.rows(
    `select max(${key.name})::text from ${quoteTable(table)}${withKey(key, undefined)}`,
  )
  return row?.[0] ?? null
}

/**
 * Cuts the rows above a condition into ranges of the key of about `rows` rows each. Rows of one key are never in two
 * ranges. None when there are no rows.
 */
export async function keyRanges(
  client: SourceClient,
  table: SourceTable,
  key: IncrementalKey,
  above: string | undefined,
  rows: number,
): Promise<readonly KeyRange[]> {
  const { name, value } = key
  const found = await client.rows(
    `select distinct max(k) as k, max(k)::text from (
       select ${name} as k, (row_number() over (order by ${name}) - 1) / ${rows} as part
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
  return keyless === undefined ? undefined : `not ${keyless}`
}
