import type { Dialect } from '../../engines/dialect.ts'
import type { CatalogColumn, CatalogRelation } from '../adapter/adapter-connection.ts'

/** What a test makes of the rows it finds: SQL expressions over them, as its configuration has them. */
export interface TestVerdict {
  /** `count(*)` */
  readonly failCalc: string
  /** `!= 0` */
  readonly warnIf: string
  readonly errorIf: string
}

/** The query of a test with its `limit`, which is what is counted and what is kept. */
export function limitedSql(sql: string, limit: number | null): string {
  return limit === null ? sql : `${sql}\nlimit ${limit}`
}

/** Keeps the rows that a test finds, in place of what the last run kept. The schema is there. */
export function keepFailuresSql(
  relation: string,
  as: 'table' | 'view',
  sql: string,
  existing: CatalogRelation['type'] | undefined,
): readonly string[] {
  const drop =
    existing === undefined ? [] : [`drop ${existing.replace('_', ' ')} if exists ${relation} cascade`]
  return [...drop, `create ${as} ${relation} as (\n${sql}\n)`]
}

/** Asks for the number that decides, and whether it is one to warn of or to fail for. One row of three columns. */
export function verdictSql(rows: string, { failCalc, warnIf, errorIf }: TestVerdict): string {
  return `select
  ${failCalc} as failures,
  ${failCalc} ${warnIf} as should_warn,
  ${failCalc} ${errorIf} as should_error
from (
${rows}
) dbt_internal_test`
}

/**
 * The rows that a failed gate left behind in a file, as they were in the transaction that was rolled back: a query over
 * that NDJSON with the columns and types of then. For DuckDB, which reads files itself.
 */
export function evidenceSql(
  file: string,
  columns: readonly CatalogColumn[],
  dialect: Pick<Dialect, 'literal' | 'identifier'>,
): string {
  const types = columns.map(({ name, dataType }) => `${dialect.literal(name)}: ${dialect.literal(dataType)}`)
  const names = columns.map(({ name }) => dialect.identifier(name))
  return `select ${names.join(', ')}
from read_json(${dialect.literal(file)}, format = 'newline_delimited', columns = {${types.join(', ')}})`
}
