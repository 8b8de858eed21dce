import type { Client } from 'pg'

export interface ClientOptions {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string | undefined
  readonly database: string
  /** What the server shows of the session. */
  readonly applicationName: string
  readonly connectTimeoutMs: number
  readonly ssl: 'disable' | 'require' | 'verify-full'
}

/**
 * A session on a server. When its connection ends on its own, the statement that runs fails, and every later one with the
 * same error. Rejects with what the client library says. The library is loaded at the first call.
 */
export async function openClient(options: ClientOptions): Promise<Client> {
  const { applicationName, connectTimeoutMs, ssl, host, port, user, password, database } = options
  const { default: pg } = await import('pg')
  const client = new pg.Client({
    host,
    port,
    user,
    password,
    database,
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    ssl: ssl === 'disable' ? false : { rejectUnauthorized: ssl === 'verify-full' },
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
}
