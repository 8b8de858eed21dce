import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { inject } from 'vitest'

export interface PostgresServer {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** A new, empty database of the server. */
  createDatabase(): Promise<string>
  /** Drops the databases that were made. */
  close(): Promise<void>
}

const host = '127.0.0.1'

/** The real PostgreSQL server of this run, whose databases are their makers' own. */
export async function sharedPostgres(): Promise<PostgresServer> {
  const { door, user, password } = inject('postgres')
  const answer = await text(connect(door, host))
  const port = Number(answer)
  if (!Number.isInteger(port)) throw new Error(answer)
  return serverAt({ port, user, password })
}

/** A server that runs on this machine. */
export function serverAt(place: Pick<PostgresServer, 'port' | 'user' | 'password'>): PostgresServer {
  const server = { host, ...place }
  const databases: string[] = []
  const execute = async (...statements: readonly string[]): Promise<void> => {
    const client = new pg.Client({ ...server, database: 'postgres' })
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }
  return {
    ...server,
    async createDatabase() {
      const name = `test_${randomBytes(8).toString('hex')}`
      await execute(`create database ${name}`)
      databases.push(name)
      return name
    },
    async close() {
      await execute(...databases.splice(0).map((name) => `drop database if exists ${name} with (force)`))
    },
  }
}
