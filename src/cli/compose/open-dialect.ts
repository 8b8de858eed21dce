import type { TableDialect } from '../../connectors/tables/table-dialect.ts'
import type { Connection } from '../../project/project.ts'

/** How tables of a database are read. Its driver is loaded by this; nothing is connected to before its first use. */
export async function openDialect(connection: Connection): Promise<TableDialect> {
  if (connection.type === 'mysql') {
    const { mysqlDialect } = await import('../../connectors/mysql/mysql-dialect.ts')
    return mysqlDialect(connection)
  }
  const { postgresDialect } = await import('../../connectors/postgres/postgres-dialect.ts')
  return postgresDialect(connection)
}
