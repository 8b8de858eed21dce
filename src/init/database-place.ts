import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Connection } from '../project/project.ts'

/** A database as `--postgres` names it. Throws WW7001, without the text, for what is no such URL. */
export function databasePlace(text: string, name: string): Connection {
  if (!/^postgres(?:ql)?:\/\//.test(text) || !URL.canParse(text)) throw notAUrl()
  const url = new URL(text)
  const database = decoded(url.pathname.slice(1))
  if (database === '') throw notAUrl()
  const mode = url.searchParams.get('sslmode')
  return {
    type: 'postgres',
    name,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1') || 'localhost',
    port: url.port === '' ? 5432 : Number(url.port),
    user: decoded(url.username) || 'postgres',
    password: url.password === '' ? undefined : decoded(url.password),
    database,
    ssl:
      mode === null || /^(?:disable|allow|prefer)$/.test(mode)
        ? 'disable'
        : mode === 'require'
          ? 'require'
          : 'verify-full',
    maxConnections: 4,
    statementTimeoutMs: 60_000,
    lockTimeoutMs: 10_000,
    connectTimeoutMs: 10_000,
    applicationName: 'waterworks init',
    lacks: [],
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw notAUrl()
  }
}

function notAUrl(): WaterworksError {
  return new WaterworksError('WW7001', {
    message: '--postgres takes postgres://user:password@host:port/database',
    hint: 'Percent-encode what is special in the password. It is written to .env only.',
  })
}
