import type { Connection } from '../../project/project.ts'
import type { TableClient } from '../tables/table-client.ts'
import type { ServerFacts, TableDialect } from '../tables/table-dialect.ts'
import { foreignKeys } from './foreign-keys.ts'
import { guessRows } from './guess-rows.ts'
import { keyTerms } from './key-terms.ts'
import { pageRanges } from './page-ranges.ts'
import { listTables, type PostgresTable, readTable } from './postgres-table.ts'
import { SourceClient } from './source-client.ts'
import { saysTableChanged } from './source-error.ts'
import { SourceSnapshot } from './source-snapshot.ts'
import { quoteTable } from './source-sql.ts'
import { checkStorage } from './storage-check.ts'
import { tableReading } from './table-reading.ts'

/** How tables of Postgres are read: by binary COPY, at one moment that several connections see. */
export function postgresDialect(connection: Connection): TableDialect<PostgresTable> {
  return {
    // One connection holds the moment.
    streamsAtOnce: connection.maxConnections - 1,
    takeMoment: () => SourceSnapshot.take(connection),
    connect: () => connect(connection),
    facts,
    listTables,
    foreignKeys,
    readTable,
    reading: tableReading,
    ranges: pageRanges,
    keyTerms: (_, column) => keyTerms(column),
    guessRows,
    checkUnchanged: checkStorage,
    saysChanged: saysTableChanged,
    quoteTable,
    text: (value) => `${value}::text`,
  }
}

async function connect(connection: Connection): Promise<SourceClient> {
  const client = await SourceClient.connect(connection)
  try {
    await client.rows('begin transaction isolation level repeatable read, read only')
    return client
  } catch (error) {
    await client.close()
    throw error
  }
}

async function facts(client: TableClient): Promise<ServerFacts> {
  const [row] = await client.rows(
    `select current_setting('server_version'), current_setting('max_connections')::int
       - (select count(*) from pg_catalog.pg_stat_activity where backend_type = 'client backend')`,
  )
  return { product: 'PostgreSQL', version: row?.[0] ?? '', freeConnections: Number(row?.[1]) }
}
