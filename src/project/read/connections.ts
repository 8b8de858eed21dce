import { databaseUrl } from '../database-url.ts'
import { parseHours } from '../duration.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import type { Connection } from '../project.ts'
import type { DatabaseConnectionEntry } from '../schema/connection-entry.ts'
import type { WaterworksFile } from '../schema/waterworks-file.ts'
import { WATERWORKS_FILE } from './waterworks.ts'

const MS_PER_HOUR = 3_600_000
const DEFAULT_CONNECTIONS = 4
const PORTS = { postgres: 5432, mysql: 3306 } as const
const USERS = { postgres: 'postgres', mysql: 'root' } as const

/**
 * The databases of waterworks.yml, with their defaults filled in. One that lacks something of the environment is kept, and
 * says what: only who uses it needs to know its password.
 */
export function readConnections(
  connections: WaterworksFile['connections'],
  lacking: ReadonlyMap<string, readonly string[]>,
  intake: Intake,
): Record<string, Connection> {
  const read: Record<string, Connection> = {}
  for (const [name, entry] of Object.entries(connections ?? {})) {
    if (entry.type === 'postgres' || entry.type === 'mysql') {
      read[name] = readDatabaseConnection(name, entry, lacking.get(name) ?? [], intake)
    }
  }
  return read
}

function readDatabaseConnection(
  name: string,
  entry: DatabaseConnectionEntry,
  lacks: readonly string[],
  intake: Intake,
): Connection {
  const at = (...key: string[]): Origin => ({ file: WATERWORKS_FILE, path: ['connections', name, ...key] })
  const place = entry.url === undefined ? undefined : databaseUrl(entry.type, entry.url)
  if (entry.url !== undefined && place === undefined) {
    intake.error('WW1006', at('url'), {
      message: `the url of connection "${name}" is not one`,
      hint: `Write it as ${entry.type}://user@host:${PORTS[entry.type]}/database.`,
    })
  }
  const database = entry.database ?? place?.database
  if (database === undefined && lacks.length === 0 && !intake.isFaulty(at())) {
    intake.error('WW1005', at(), {
      message: `connection "${name}" does not say which database`,
      hint: 'Add url, or host, user and database.',
      part: 'key',
    })
  }
  const duration = (key: 'statement_timeout' | 'lock_timeout' | 'connect_timeout', otherwise: number) => {
    const given = entry[key]
    const hours = given === undefined ? otherwise / MS_PER_HOUR : parseHours(given)
    if (hours === undefined) intake.error('WW1024', at(key), { message: `"${given}" is not a duration` })
    return Math.round((hours ?? 0) * MS_PER_HOUR)
  }
  return {
    type: entry.type,
    name,
    host: entry.host ?? place?.host ?? 'localhost',
    port: entry.port ?? place?.port ?? PORTS[entry.type],
    user: entry.user ?? place?.user ?? USERS[entry.type],
    password: entry.password ?? place?.password,
    database: database ?? '',
    ssl: entry.ssl ?? place?.ssl ?? 'disable',
    maxConnections: entry.type === 'postgres' ? (entry.max_connections ?? DEFAULT_CONNECTIONS) : 1,
    statementTimeoutMs: duration('statement_timeout', MS_PER_HOUR),
    lockTimeoutMs: duration('lock_timeout', 30_000),
    connectTimeoutMs: duration('connect_timeout', 10_000),
    applicationName: entry.application_name ?? 'waterworks',
    lacks,
  }
}
