import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { splitStatements } from '../../sql/split-statements.ts'
import { statementKind } from '../../sql/statement-kind.ts'
import type { Scalar } from '../dialect.ts'
import type { Engine, EngineCapabilities, Session, StatementKind } from '../engine.ts'
import { duckDbDialect } from './duckdb-dialect.ts'
import { duckDbError } from './duckdb-error.ts'
import { DuckDbSession } from './duckdb-session.ts'

export interface DuckDbOptions {
  /** The database file, or ':memory:'. */
  readonly path: string
  readonly threads?: number
  /** How much may be held in memory, as DuckDB takes it: "512MB", "50%". */
  readonly memoryLimit?: string | undefined
  /** Opens an existing file for reading only; several processes may at once. */
  readonly readOnly?: boolean
  /** What DuckDB takes when a database is opened, by name. */
  readonly config?: Readonly<Record<string, string>> | undefined
  /** What each connection sets, by name. */
  readonly settings?: Readonly<Record<string, Scalar>> | undefined
  /** Installed where they are not, and loaded. */
  readonly extensions?: readonly string[] | undefined
  readonly attached?: readonly AttachedDatabase[] | undefined
}

/** Another database that stands beside the target's own. */
export interface AttachedDatabase {
  /** A file, or whatever the type takes. */
  readonly path: string
  readonly alias?: string | undefined
  /** Of an extension: `sqlite`, `postgres`; DuckDB's own unless given. */
  readonly type?: string | undefined
  readonly readOnly?: boolean | undefined
}

/** Files this process has open: opening one twice in a process makes two databases that overwrite each other. */
const openFiles = new Set<string>()

/** Embedded DuckDB. The file is opened, and the native library loaded, at the first connection. */
export class DuckDbEngine implements Engine {
  readonly dialect = duckDbDialect
  readonly capabilities: EngineCapabilities = Object.freeze({
    transactionalDdl: true,
    scansFiles: true,
    sharedAccess: false,
    caseSensitiveNames: false,
    longestName: undefined,
  })
  readonly #options: DuckDbOptions
  #instance: Promise<DuckDBInstance> | undefined
  /** A session for nothing but parsing. */
  #parser: Promise<DuckDbSession> | undefined

  constructor(options: DuckDbOptions) {
    this.#options = options
  }

  async connect(): Promise<DuckDbSession> {
    try {
      this.#instance ??= this.#open()
      const connection = await (await this.#instance).connect()
      for (const [name, value] of Object.entries(this.#options.settings ?? {})) {
        await connection.run(`set ${duckDbDialect.identifier(name)} = ${duckDbDialect.literal(value)}`)
      }
      return new DuckDbSession(connection)
    } catch (error) {
      throw duckDbError(error)
    }
  }

  async prepareTarget(schemas: readonly string[]): Promise<void> {
    const session = await this.connect()
    try {
      for (const schema of schemas) await createSchema(session, duckDbDialect.identifier(schema))
    } finally {
      await session.close()
    }
  }

  async classify(sql: string): Promise<readonly StatementKind[]> {
    if (splitStatements(sql).length === 0) return []
    // DuckDB's own parser says whether the text is SQL at all; the kinds follow from the statements' keywords.
    this.#parser ??= this.connect()
    await (await this.#parser).parse(sql)
    return splitStatements(sql).map(statementKind)
  }

  /** While others are in transactions (readers, through the owner) the log stays: closing the file folds it in. */
  async checkpoint(): Promise<void> {
    if (this.#instance === undefined || this.#options.path === ':memory:') return
    const session = await this.connect()
    try {
      await session.execute('checkpoint')
    } catch (error) {
      if (!(error instanceof Error) || !/Cannot CHECKPOINT/.test(error.message)) throw error
    } finally {
      await session.close()
    }
  }

  async close(): Promise<void> {
    if (this.#instance === undefined) return
    const instance = await this.#instance
    await (await this.#parser)?.close()
    this.#instance = undefined
    this.#parser = undefined
    instance.closeSync()
    openFiles.delete(resolve(this.#options.path))
  }

  async #open(): Promise<DuckDBInstance> {
    const { path, threads, memoryLimit, config = {}, readOnly = false } = this.#options
    if (path !== ':memory:') {
      const file = resolve(path)
      if (openFiles.has(file)) {
        throw new WaterworksError('WW9001', { message: `${path} is already open in this process` })
      }
      mkdirSync(dirname(file), { recursive: true })
    }
    const { DuckDBInstance } = await import('@duckdb/node-api')
    const instance = await DuckDBInstance.create(path, {
      // Extensions that are not built in would be downloaded: fail at once, and clearly, instead.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      // DuckDB 1.5 takes `row_number() … = 1` for arg_max, and by statistics that know nothing of the transaction's own rows:
      // among these it skips NULLs, and gives the value of another row.
      disabled_optimizers: 'top_n_window_elimination',
      ...config,
      ...(threads === undefined ? {} : { threads: String(threads) }),
      ...(memoryLimit === undefined ? {} : { memory_limit: memoryLimit }),
      ...(readOnly ? { access_mode: 'READ_ONLY' } : {}),
    })
    if (path !== ':memory:') openFiles.add(resolve(path))
    const connection = await instance.connect()
    try {
      await connection.run(`set global timezone = 'UTC'`)
      for (const name of this.#options.extensions ?? []) await loadExtension(connection, name)
      for (const database of this.#options.attached ?? []) await attach(connection, database, readOnly)
      connection.closeSync()
      return instance
    } catch (error) {
      instance.closeSync()
      openFiles.delete(resolve(path))
      this.#instance = undefined
      throw error
    }
  }
}

/** What is installed is not looked for again. */
async function loadExtension(connection: DuckDBConnection, name: string): Promise<void> {
  const extension = duckDbDialect.identifier(name)
  try {
    await connection.run(`load ${extension}`)
  } catch {
    try {
      await connection.run(`install ${extension}`)
      await connection.run(`load ${extension}`)
    } catch (cause) {
      throw new WaterworksError('WW3009', { message: `the extension ${name} cannot be loaded`, cause })
    }
  }
}

async function attach(
  connection: DuckDBConnection,
  { path, alias, type, readOnly }: AttachedDatabase,
  readsOnly: boolean,
): Promise<void> {
  const options = [
    ...(type === undefined ? [] : [`type ${duckDbDialect.identifier(type)}`]),
    ...(readOnly === true || readsOnly ? ['read_only'] : []),
  ]
  const name = alias === undefined ? '' : ` as ${duckDbDialect.identifier(alias)}`
  const how = options.length === 0 ? '' : ` (${options.join(', ')})`
  await connection.run(`attach if not exists ${duckDbDialect.literal(path)}${name}${how}`)
}

/**
 * Two transactions that create the same schema at once conflict in DuckDB; the loser finds it made once the winner has
 * committed, for which it waits up to about two seconds.
 */
async function createSchema(session: Session, schema: string): Promise<void> {
  for (let wait = 1; ; wait *= 2) {
    try {
      await session.execute(`create schema if not exists ${schema}`)
      return
    } catch (error) {
      if (wait > 1024 || !(error instanceof Error) || !/conflict/i.test(error.message)) throw error
      await sleep(wait)
    }
  }
}
