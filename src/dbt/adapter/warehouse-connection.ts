import type { Executor, Outcome } from '../../engines/engine.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { splitStatements } from '../../sql/split-statements.ts'
import { statementKind } from '../../sql/statement-kind.ts'
import type {
  AdapterConnection,
  CatalogColumn,
  CatalogRelation,
  ExecuteOptions,
  RelationPlace,
  StatementResult,
} from './adapter-connection.ts'
import { type Catalog, catalogOf } from './catalog.ts'
import { agateColumn, fromWarehouse } from './from-warehouse.ts'

/** Relations by database and schema, in flight or read. */
export type KnownRelations = Map<string, Promise<readonly CatalogRelation[]>>

export interface WarehouseConnectionOptions {
  readonly type: 'duckdb' | 'postgres'
  readonly database: string
  /** False for a node that is gated: its transaction is held by whoever made the connection. */
  readonly publishesAtOnce: boolean
  /** What relations are known to be there, where connections work on one state of the warehouse; its own unless given. */
  readonly known?: KnownRelations
  /** Hears every text before it is sent. */
  readonly onStatement?: (sql: string) => void
}

/**
 * A connection over an executor. Gated, the executor is a transaction that others end, and statements that would end it
 * throw WW5002; else begin, commit and rollback are statements like any other.
 */
export class WarehouseConnection implements AdapterConnection {
  readonly type: 'duckdb' | 'postgres'
  readonly database: string
  readonly publishesAtOnce: boolean
  readonly #executor: Executor
  readonly #catalog: Catalog
  readonly #onStatement: (sql: string) => void
  readonly #relations: KnownRelations
  #isOpen = false

  constructor(executor: Executor, options: WarehouseConnectionOptions) {
    this.#executor = executor
    this.type = options.type
    this.database = options.database
    this.publishesAtOnce = options.publishesAtOnce
    this.#catalog = catalogOf(options.type)
    this.#relations = options.known ?? new Map()
    this.#onStatement = options.onStatement ?? (() => undefined)
  }

  async execute(
    sql: string,
    { limit, autoBegin = false, bindings }: ExecuteOptions = {},
  ): Promise<StatementResult> {
    const statements = splitStatements(sql)
    const kinds = statements.map((text) => statementKind(text))
    if (kinds.includes('transaction')) return this.#withTransactions(statements, limit)
    if (autoBegin && statements.length > 0) await this.begin()
    if (kinds.some((kind) => kind !== 'query' && kind !== 'write')) this.forget()
    this.#onStatement(sql)
    const last = statements.at(-1) ?? ''
    if (bindings && bindings.length > 0) {
      const rowsAffected = await this.#executor.execute(numbered(sql), bindings)
      return { columns: [], rows: [], rowsAffected, code: firstWords(last) }
    }
    return resultOf(await this.#executor.run(sql, limit), last)
  }

  async describe(sql: string): Promise<readonly CatalogColumn[]> {
    return this.#catalog.describe(this.#executor, sql)
  }

  async begin(): Promise<void> {
    if (!this.publishesAtOnce || this.#isOpen) return
    await this.#executor.execute('begin')
    this.#isOpen = true
  }

  async commit(): Promise<void> {
    if (!this.publishesAtOnce || !this.#isOpen) return
    this.#isOpen = false
    await this.#executor.execute('commit')
  }

  async rollback(): Promise<void> {
    if (!this.publishesAtOnce || !this.#isOpen) return
    this.#isOpen = false
    this.forget()
    await this.#executor.execute('rollback')
  }

  relations(database: string, schema: string): Promise<readonly CatalogRelation[]> {
    const key = JSON.stringify([database.toLowerCase(), schema.toLowerCase()])
    const known = this.#relations.get(key)
    if (known) return known
    const read = this.#catalog.relations(this.#executor, database, schema)
    this.#relations.set(key, read)
    read.catch(() => this.#relations.delete(key))
    return read
  }

  columns({ database, ...relation }: RelationPlace): Promise<readonly CatalogColumn[]> {
    return this.#catalog.columns(this.#executor, { ...relation, database: database ?? null })
  }

  schemas(database: string): Promise<readonly string[]> {
    return this.#catalog.schemas(this.#executor, database)
  }

  forget(): void {
    this.#relations.clear()
  }

  /** A text in which the project itself begins and ends transactions. */
  async #withTransactions(
    statements: readonly string[],
    limit: number | undefined,
  ): Promise<StatementResult> {
    let result: StatementResult = { columns: [], rows: [], rowsAffected: 0, code: '' }
    for (const statement of statements) {
      const word = firstWords(statement)
      if (statementKind(statement) !== 'transaction') result = await this.execute(statement, { limit })
      else if (/^(BEGIN|START TRANSACTION)\b/.test(word)) await this.begin()
      else if (/^(COMMIT|END)\b/.test(word)) await this.commit()
      else if (this.publishesAtOnce && /^(ROLLBACK|ABORT)\b/.test(word) && !/\bTO\b/i.test(statement)) {
        await this.rollback()
      } else if (this.publishesAtOnce) result = resultOf(await this.#executor.run(statement), statement)
      else {
        throw new WaterworksError('WW5002', {
          message: `a statement of its own ends the transaction: ${word.toLowerCase()}`,
          hint: 'Leave it out, or set publish: immediately.',
        })
      }
    }
    return result
  }
}

/** Python's marks of parameters as SQL's. */
function numbered(sql: string): string {
  let index = 0
  return sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|%s|\?/g, (text) =>
    text === '%s' || text === '?' ? `$${++index}` : text,
  )
}

function resultOf({ columns, rows, changed }: Outcome, statement: string): StatementResult {
  return {
    columns: columns.map((column) => ({ ...agateColumn(column), dataType: column.typeName })),
    rows: rows.map((row) => row.map((value, index) => fromWarehouse(value, columns[index]!))),
    rowsAffected: changed,
    code: firstWords(statement),
  }
}

/** `SELECT`, `CREATE VIEW`, `INSERT`: what Postgres answers with, as far as the text tells. */
function firstWords(statement: string): string {
  const text = statement.replace(/\/\*[\s\S]*?\*\/|--[^\n]*/g, ' ').trim()
  // A table of a query is answered as the query.
  if (/^create\s[^(]*?\btable\s[^(]*?\sas\b/i.test(text)) return 'SELECT'
  const words = text.match(/[A-Za-z]+/g)?.slice(0, 2) ?? []
  const [first = '', second = ''] = words.map((word) => word.toUpperCase())
  if (first === 'WITH' || first === 'VALUES') return 'SELECT'
  const isLong = ['CREATE', 'DROP', 'ALTER', 'START'].includes(first)
  return isLong ? `${first} ${second}` : first
}
