import { WaterworksError } from '../errors/waterworks-error.ts'
import { databaseUrl } from '../project/database-url.ts'
import type { Connection } from '../project/project.ts'

const DEFAULTS = {
  postgres: { port: 5432, user: 'postgres', maxConnections: 4 },
  mysql: { port: 3306, user: 'root', maxConnections: 1 },
} as const

/** A database as `--postgres` or `--mysql` names it. Throws WW7001, without the text, for what is no such URL. */
export function databasePlace(type: Connection['type'], text: string, name: string): Connection {
  const place = databaseUrl(type, text)
  if (place?.database === undefined) {
    throw new WaterworksError('WW7001', {
      message: `--${type} takes ${type}://user:password@host:port/database`,
      hint: 'Percent-encode what is special in the password. It is written to .env only.',
    })
  }
  const { port, user, maxConnections } = DEFAULTS[type]
  return {
    type,
    name,
    host: place.host ?? 'localhost',
    port: place.port ?? port,
    user: place.user ?? user,
    password: place.password,
    database: place.database,
    ssl: place.ssl ?? 'disable',
    maxConnections,
    statementTimeoutMs: 60_000,
    lockTimeoutMs: 10_000,
    connectTimeoutMs: 10_000,
    applicationName: 'waterworks init',
    lacks: [],
  }
}
