import type { Connection } from '../../project/project.ts'
import type { TableClient } from '../tables/table-client.ts'
import type { ServerFacts, TableDialect } from '../tables/table-dialect.ts'
import { foreignKeys } from './foreign-keys.ts'
import { guessRows } from './guess-rows.ts'
import { keyTerms } from './key-terms.ts'
import { MysqlClient } from './mysql-client.ts'
import { saysTableChanged } from './mysql-error.ts'
import { MysqlMoment } from './mysql-moment.ts'
import { asText, quoteTable } from './mysql-sql.ts'
import { listTables, type MysqlTable, readTable } from './mysql-table.ts'
import { primaryKeyRanges } from './primary-key-ranges.ts'
import { tableReading } from './table-reading.ts'

/** How tables of MySQL and MariaDB are read: by the text protocol, at one moment that one connection sees. */
export function mysqlDialect(connection: Connection): TableDialect<MysqlTable> {
  return {
    streamsAtOnce: 1,
    takeMoment: () => MysqlMoment.take(connection),
    connect: () => MysqlClient.connect(connection),
    facts,
    listTables,
    foreignKeys,
    readTable,
    reading: tableReading,
    ranges: primaryKeyRanges,
    keyTerms: (_, column) => keyTerms(column),
    guessRows,
    // The server itself refuses to read a table that was altered since the snapshot, and alters none that is being read.
    checkUnchanged: async () => undefined,
    saysChanged: saysTableChanged,
    quoteTable,
    text: asText,
  }
}

async function facts(client: TableClient): Promise<ServerFacts> {
  const [row] = await client.rows('select version(), cast(@@max_connections as char)')
  const [status] = await client.rows(`show global status like 'Threads_connected'`)
  const version = row?.[0] ?? ''
  return {
    product: version.includes('MariaDB') ? 'MariaDB' : 'MySQL',
    version: version.split('-')[0]!,
    freeConnections: Number(row?.[1]) - Number(status?.[1]),
  }
}
