import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { ManifestSource } from '../manifest/manifest-source.ts'
import { DatetimeValue } from '../python/datetime-value.ts'
import { loadedAtFieldSql, loadedAtQuerySql } from './freshness-sql.ts'
import { judgeFreshness } from './judge-freshness.ts'

/** Rows of a query, their values as templates have them. */
export type AskRows = (sql: string) => Promise<readonly (readonly unknown[])[]>

export interface FreshnessFinding {
  readonly status: 'pass' | 'warn' | 'error'
  /** Microseconds since 1970, and so the next. */
  readonly maxLoadedAt: number
  /** The warehouse's clock when it was asked. */
  readonly snapshottedAt: number
  /** Seconds between the two. */
  readonly age: number
}

/** Where Python's calendar begins, in microseconds: a table without a row was loaded infinitely long ago. */
const NEVER = Date.parse('0001-01-01T00:00:00Z') * 1000

/**
 * How fresh a source's table is: by its `loaded_at_query`, whose templates `render` fills in, else by its `loaded_at_field`.
 * A moment without a zone is UTC. Throws WW5301 when nothing says when the table was loaded, WW5302 when what says so
 * gives no moment.
 */
export async function sourceFreshness(
  source: ManifestSource,
  ask: AskRows,
  render: (text: string) => Promise<string>,
): Promise<FreshnessFinding> {
  const freshness = source.freshness ?? { warn_after: null, error_after: null, filter: null }
  const [row] = await ask(await freshnessSql(source, render))
  const [loaded, asked] = row ?? []
  const snapshottedAt = momentOf(asked, source)
  const maxLoadedAt = loaded === null ? NEVER : momentOf(loaded, source)
  const age = (snapshottedAt - maxLoadedAt) / 1e6
  return {
    status: judgeFreshness(freshness, age),
    maxLoadedAt,
    snapshottedAt,
    age,
  }
}

async function freshnessSql(
  source: ManifestSource,
  render: (text: string) => Promise<string>,
): Promise<string> {
  if (source.loaded_at_query !== null) return loadedAtQuerySql(await render(source.loaded_at_query))
  if (source.loaded_at_field !== null) {
    const filter = source.freshness?.filter ?? null
    return loadedAtFieldSql(source.relation_name, source.loaded_at_field, filter)
  }
  throw new WaterworksError('WW5301', {
    message: `nothing says when ${source.source_name}.${source.name} was loaded`,
    hint: 'Neither DuckDB nor Postgres keeps when a table was last changed: give it a loaded_at_field or a loaded_at_query.',
  })
}

/** Microseconds since 1970. */
function momentOf(value: unknown, source: ManifestSource): number {
  if (value instanceof DatetimeValue) return value.micros
  const field = source.loaded_at_query === null ? source.loaded_at_field : 'loaded_at_query'
  throw new WaterworksError('WW5302', {
    message: `${field} of ${source.source_name}.${source.name} gives no timestamp`,
    hint: `Cast it: \`loaded_at_field: "cast(${source.loaded_at_field ?? 'loaded_at'} as timestamp)"\`.`,
  })
}
