import type { LogicalType } from '../../batch/logical-type.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'

/** SQL for what the footers of Parquet files say. Expressions are NULL where they do not say it, or not exactly. */
export interface ParquetStatistics {
  /** What may stand after FROM, for a query without groups. */
  readonly from: string
  readonly rowCount: string
  nullCount(column: string): string
  /** Undefined for types of which footers may say something else than the values: texts are cut, fractions leave NaN out. */
  extreme(which: 'min' | 'max', column: string, type: LogicalType): string | undefined
}

/**
 * What the footers of a file, or of the files of a pattern, say of its rows. A column is spoken of only where every row group has it
 * once, and of an extreme only where each row group with values says that it is exact.
 */
export function parquetStatistics(path: string): ParquetStatistics {
  const file = duckDbDialect.literal(path)
  const exact = (extreme: 'min' | 'max') =>
    `bool_and(coalesce(num_values = stats_null_count or (${extreme}_is_exact and stats_${extreme}_value is not null), false)) as ${extreme}_exact`
  const values = (['min', 'max'] as const).flatMap((extreme) =>
    Object.entries(READ_AS).map(
      ([name, type]) => `${extreme}(try_cast(stats_${extreme}_value as ${type})) as ${extreme}_${name}`,
    ),
  )
  const columns = ['count(*) as chunks', 'count(stats_null_count) as told', 'sum(stats_null_count) as nulls']
  const said = [...columns, exact('min'), exact('max'), ...values].join(', ')
  const spoken = (column: string) =>
    `path = lower(${duckDbDialect.literal(column)}) and chunks = num_row_groups and told = chunks`
  return {
    from:
      `(select sum(num_rows) as num_rows, sum(num_row_groups) as num_row_groups from parquet_file_metadata(${file})) as files` +
      ` left join (select lower(path_in_schema) as path, ${said} from parquet_metadata(${file}) group by 1) as columns on true`,
    rowCount: 'max(num_rows)',
    nullCount: (column) => `max(case when ${spoken(column)} then nulls end)`,
    extreme(which, column, { kind }) {
      const read = kind === 'date' ? 'date' : /^int(?:8|16|32|64)$/.test(kind) ? 'number' : undefined
      if (read === undefined) return undefined
      return `max(case when ${spoken(column)} and ${which}_exact then ${which}_${read} end)`
    },
  }
}

/** What the texts of footers are read as. */
const READ_AS = { number: 'hugeint', date: 'date' } as const
