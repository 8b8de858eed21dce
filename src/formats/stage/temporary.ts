import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'

/** The rejects that belong to a staged table. */
export function rejectsTable(table: string): string {
  return `${table}_rejects`
}

/** A temporary table's name, beyond confusion with a table of that name in the warehouse. */
export function temporary(table: string): string {
  return `temp.${duckDbDialect.identifier(table)}`
}

/** An empty table of rejects, as text of a SELECT. */
export const NO_REJECTS =
  'select null::bigint as record, null::bigint as line, null::bigint as byte,' +
  ' null::varchar as reason, null::varchar as payload where false'
