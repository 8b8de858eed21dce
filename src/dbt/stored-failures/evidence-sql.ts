import type { Dialect } from '../../engines/dialect.ts'
import type { CatalogColumn } from '../adapter/adapter-connection.ts'

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
