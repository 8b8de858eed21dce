import type { Connection } from './project.ts'

/** What the URL of a database says; undefined where it does not. */
export interface DatabaseUrl {
  readonly host: string | undefined
  readonly port: number | undefined
  readonly user: string | undefined
  readonly password: string | undefined
  readonly database: string | undefined
  readonly ssl: Connection['ssl'] | undefined
}

const PROTOCOLS: Readonly<Record<Connection['type'], RegExp>> = {
  postgres: /^postgres(?:ql)?:\/\//,
  mysql: /^(?:mysql|mariadb):\/\//,
}
/** libpq's `sslmode` and MySQL's `ssl-mode`. */
const SSL_PARAMETERS = ['sslmode', 'ssl-mode', 'ssl_mode']

/** The kind of database that a URL is one of; undefined for other texts. */
export function databaseKind(text: string): Connection['type'] | undefined {
  if (PROTOCOLS.postgres.test(text)) return 'postgres'
  return PROTOCOLS.mysql.test(text) ? 'mysql' : undefined
}

/** Reads `postgres://user:password@host:port/database`; undefined for what is no such URL. */
export function databaseUrl(type: Connection['type'], text: string): DatabaseUrl | undefined {
  if (!PROTOCOLS[type].test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const part = (value: string): string | undefined => (value === '' ? undefined : decodeURIComponent(value))
  try {
    return {
      host: part(url.hostname.replace(/^\[(.*)\]$/, '$1')),
      port: url.port === '' ? undefined : Number(url.port),
      user: part(url.username),
      password: part(url.password),
      database: part(url.pathname.replace(/^\//, '')),
      ssl: sslOf(SSL_PARAMETERS.map((name) => url.searchParams.get(name)).find((mode) => mode !== null)),
    }
  } catch {
    return undefined
  }
}

/** The clients' own words; those between are taken for the stricter one that we have. */
function sslOf(mode: string | null | undefined): Connection['ssl'] | undefined {
  if (mode == null) return undefined
  if (/^(?:disabled?|allow|prefer(?:red)?)$/i.test(mode)) return 'disable'
  return /^required?$/i.test(mode) ? 'require' : 'verify-full'
}
