import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult, DuckDBValue } from '@duckdb/node-api'
import type { Batch } from '../../batch/batch.ts'
import { batchRows } from '../../batch/batch-rows.ts'
import type { Field } from '../../batch/logical-type.ts'
import { valueAt } from '../../batch/value-at.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { splitStatements } from '../../sql/split-statements.ts'
import type { Scalar } from '../dialect.ts'
import type { Executor, Outcome, RelationInfo, Row, Session } from '../engine.ts'
import type { Relation } from '../relation.ts'
import { readChunk } from './chunk-reader.ts'
import { appendBatch } from './chunk-writer.ts'
import { duckDbDialect as dialect } from './duckdb-dialect.ts'
import { duckDbError } from './duckdb-error.ts'
import { bridgeExpression, duckDbTypeName, parseDuckDbType } from './duckdb-types.ts'

/** DuckDB's number for a SELECT among its statement types (`duckdb_statement_type`). */
const SELECT_STATEMENT = 1
/** And for a CREATE. */
const CREATE_STATEMENT = 7
/** DuckDB's number for a type that depends on a parameter (`DUCKDB_TYPE_INVALID`). */
const UNRESOLVED_TYPE = 0

/** One DuckDB connection. A connection runs one statement at a time, so calls queue behind one another. */
export class DuckDbSession implements Session {
  readonly #connection: DuckDBConnection
  #tail: Promise<unknown> = Promise.resolve()
  #inTransaction = false
  /** Whether a statement has failed since the transaction began. */
  #hasFailed = false

  constructor(connection: DuckDBConnection) {
    this.#connection = connection
  }

  async rows(sql: string, params: readonly Scalar[] = []): Promise<Row[]> {
    const rows: Row[] = []
    for await (const batch of this.batches(sql, params)) rows.push(...batchRows(batch))
    return rows
  }

  async *batches(sql: string, params: readonly Scalar[] = []): AsyncIterable<Batch> {
    const release = await this.#enter()
    try {
      const { statement, fields: known } = await this.#prepareQuery(sql)
      try {
        bind(statement, params)
        const result = await statement.stream()
        const fields = known ?? resultFields(result)
        for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
          yield readChunk(chunk, fields)
        }
      } finally {
        statement.destroySync()
      }
    } catch (error) {
      this.#hasFailed = true
      throw duckDbError(error)
    } finally {
      release()
    }
  }

  execute(sql: string, params: readonly Scalar[] = []): Promise<number> {
    return this.#exclusive(async () => {
      if (params.length === 0) return (await this.#connection.run(sql)).rowsChanged
      const statement = await this.#connection.prepare(sql)
      try {
        bind(statement, params)
        return (await statement.run()).rowsChanged
      } finally {
        statement.destroySync()
      }
    })
  }

  async run(sql: string, limit = Number.POSITIVE_INFINITY): Promise<Outcome> {
    const statements = splitStatements(sql)
    const last = statements.pop()
    if (last === undefined) return { columns: [], rows: [], changed: 0 }
    const release = await this.#enter()
    try {
      return await this.#statement(async () => {
        for (const statement of statements) await this.#connection.run(statement)
        return this.#outcome(last, limit)
      })
    } finally {
      release()
    }
  }

  describe(sql: string): Promise<readonly Field[]> {
    return this.#exclusive(async () => {
      const statement = await this.#connection.prepare(sql)
      try {
        return columnTypes(statement).map(({ name, typeName }) => ({
          name,
          type: parseDuckDbType(typeName) ?? bridgeExpression('', typeName).type,
        }))
      } finally {
        statement.destroySync()
      }
    })
  }

  /** Throws WW3001 when DuckDB's parser does not take the text. Names are not looked up. */
  async parse(sql: string): Promise<void> {
    await this.#exclusive(() => this.#connection.extractStatements(sql))
  }

  async inspect(relation: Relation): Promise<RelationInfo | undefined> {
    const columns = await this.#columnsOf(relation)
    if (columns === undefined) return undefined
    const fields = columns.map((column) => ({
      name: String(column['column_name']),
      type: dialect.parseType(String(column['column_type'])) ?? { kind: 'text' as const },
    }))
    const { schema, name } = relation
    const views = await this.rows(
      `select 1 as found from duckdb_views() where view_name = $1 and ${
        schema === undefined
          ? "database_name = 'temp'"
          : 'database_name = current_database() and schema_name = $2'
      }`,
      schema === undefined ? [name] : [name, schema],
    )
    return { relation, kind: views.length > 0 ? 'view' : 'table', fields }
  }

  async load(table: Relation, batches: AsyncIterable<Batch>): Promise<number> {
    const info = await this.inspect(table)
    if (info === undefined) {
      throw new WaterworksError('WW3008', { message: `table ${dialect.relation(table)} does not exist` })
    }
    // Errors of the batches' source come through as they are.
    const release = await this.#enter()
    try {
      return await this.#append(table, info, batches)
    } finally {
      release()
    }
  }

  async #append(table: Relation, info: RelationInfo, batches: AsyncIterable<Batch>): Promise<number> {
    const { schema, name } = table
    const appender = await this.#statement(() =>
      this.#connection.createAppender(name, schema ?? 'main', schema === undefined ? 'temp' : null),
    )
    let rows = 0
    try {
      for await (const batch of batches) {
        await this.#statement(() => appendBatch(appender, batch, alignColumns(batch, info)))
        rows += batch.rows
      }
      await this.#statement(() => appender.closeSync())
    } catch (error) {
      appender.clear()
      throw error
    }
    return rows
  }

  async replaceTable(relation: Relation, select: string): Promise<number> {
    const name = dialect.relation(relation)
    return this.#replacing(`drop view ${name}`, async () => {
      const result = await this.#connection.runAndReadAll(`create or replace table ${name} as ${select}`)
      return Number(result.getRows()[0]?.[0] ?? 0)
    })
  }

  async replaceView(relation: Relation, select: string): Promise<void> {
    const name = dialect.relation(relation)
    await this.#replacing(`drop table ${name}`, () =>
      this.#connection.run(`create or replace view ${name} as ${select}`),
    )
  }

  exportRows(select: string, path: string): Promise<number> {
    return this.execute(`copy (${select}) to ${dialect.literal(path)} (format json)`)
  }

  /** DuckDB has no savepoints; a statement that it refuses to plan leaves the transaction as it was anyway. */
  tentatively<T>(work: () => Promise<T>): Promise<T> {
    return work()
  }

  async transaction<T>(work: (transaction: Executor) => Promise<T>): Promise<T> {
    if (this.#inTransaction) {
      throw new WaterworksError('WW9001', { message: 'a session holds one transaction at a time' })
    }
    await this.execute('begin transaction')
    this.#inTransaction = true
    this.#hasFailed = false
    try {
      const result = await work(this)
      // COMMIT of a transaction that an error has ended rolls back without a word; any other statement refuses.
      if (this.#hasFailed) await this.execute('select 1')
      await this.execute('commit')
      return result
    } catch (error) {
      // A commit that failed has rolled back already, and so has a statement that ended the transaction.
      await this.execute('rollback').catch(() => undefined)
      throw error
    } finally {
      this.#inTransaction = false
    }
  }

  async interrupt(): Promise<void> {
    this.#connection.interrupt()
  }

  async close(): Promise<void> {
    this.#connection.closeSync()
  }

  /** The fields stay undefined where a type follows from a parameter, and so is known only with the result. */
  async #prepareQuery(
    sql: string,
  ): Promise<{ statement: DuckDBPreparedStatement; fields: Field[] | undefined }> {
    const statement = await this.#prepareLast(sql)
    const open = Array.from({ length: statement.columnCount }, (_, index) => statement.columnTypeId(index))
    if (open.includes(UNRESOLVED_TYPE)) return { statement, fields: undefined }
    const columns = columnTypes(statement).map(({ name, typeName }) => {
      const type = parseDuckDbType(typeName)
      const bridge = bridgeExpression(dialect.identifier(name), typeName)
      return { name, exact: type !== undefined, sql: bridge.sql, type: type ?? bridge.type }
    })
    const fields = columns.map(({ name, type }) => ({ name, type }))
    if (columns.every((column) => column.exact) || statement.statementType !== SELECT_STATEMENT) {
      return { statement, fields }
    }
    statement.destroySync()
    const list = columns.map(({ name, exact, sql: expression }) =>
      exact ? dialect.identifier(name) : `${expression} as ${dialect.identifier(name)}`,
    )
    const bridged = `select ${list.join(', ')} from (${sql.replace(/;\s*$/, '')}\n)`
    return { statement: await this.#connection.prepare(bridged), fields }
  }

  async #outcome(sql: string, limit: number): Promise<Outcome> {
    const { statement, fields: known } = await this.#prepareQuery(sql)
    try {
      const result = await statement.stream()
      const fields = known ?? resultFields(result)
      const rows: Scalar[][] = []
      for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
        const batch = readChunk(chunk, fields)
        for (let row = 0; row < batch.rows && rows.length < limit; row++) {
          rows.push(batch.columns.map((column) => valueAt(column, row)))
        }
        if (rows.length >= limit) break
      }
      const columns = fields.map((field, index) => ({
        ...field,
        typeName: result.columnType(index).alias ?? result.columnType(index).toString(),
      }))
      return { columns, rows, changed: result.rowsChanged || createdRows(result, rows) }
    } finally {
      statement.destroySync()
    }
  }

  /**
   * CREATE OR REPLACE keeps to one kind of object; where the other kind stands it is dropped first. Asking the
   * catalogue beforehand would cost more than the whole statement of a small table.
   */
  #replacing<T>(dropOther: string, replace: () => Promise<T>): Promise<T> {
    return this.#exclusive(async () => {
      try {
        return await replace()
      } catch (error) {
        if (!(error instanceof Error) || !/^Catalog Error: Existing object .* is of type/.test(error.message))
          throw error
        await this.#connection.run(dropOther)
        return replace()
      }
    })
  }

  /**
   * A direct look-up: `duckdb_columns()` would walk the whole catalogue, and `pragma_table_info` misreads quotes in a
   * name. Undefined when there is no such relation.
   */
  async #columnsOf({ schema, name }: Relation): Promise<readonly Row[] | undefined> {
    const place = dialect.relation(schema === undefined ? { name } : { schema, name })
    const full = schema === undefined ? `temp.main.${place}` : place
    try {
      return await this.rows(`describe ${full}`)
    } catch (error) {
      if (error instanceof WaterworksError && /Catalog Error: .* does not exist/.test(error.message))
        return undefined
      throw error
    }
  }

  /** A text may hold several statements (PIVOT expands to some): all but the last run, the last is prepared. */
  async #prepareLast(sql: string): Promise<DuckDBPreparedStatement> {
    const statements = await this.#connection.extractStatements(sql)
    for (let index = 0; index < statements.count - 1; index++) {
      const statement = await statements.prepare(index)
      await statement.run()
      statement.destroySync()
    }
    return statements.prepare(statements.count - 1)
  }

  async #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.#enter()
    try {
      return await this.#statement(work)
    } finally {
      release()
    }
  }

  async #statement<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      this.#hasFailed = true
      throw duckDbError(error)
    }
  }

  async #enter(): Promise<() => void> {
    const before = this.#tail
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#tail = promise
    await before
    return resolve
  }
}

function columnTypes(statement: DuckDBPreparedStatement): { name: string; typeName: string }[] {
  return Array.from({ length: statement.columnCount }, (_, index) => {
    const type = statement.columnType(index)
    return { name: statement.columnName(index), typeName: type.alias ?? type.toString() }
  })
}

function resultFields(result: DuckDBResult): Field[] {
  return result.columnNames().map((name, index) => {
    const typeName = result.columnType(index).toString()
    const type = parseDuckDbType(typeName)
    if (type === undefined) {
      throw new WaterworksError('WW3001', {
        message: `DuckDB: column ${name} has type ${typeName}, which depends on a parameter; cast it`,
      })
    }
    return { name, type }
  })
}

function bind(statement: DuckDBPreparedStatement, params: readonly Scalar[]): void {
  const values: DuckDBValue[] = params.map((value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) > 0x7fff_ffff
      ? BigInt(value)
      : value,
  )
  if (values.length > 0) statement.bind(values)
}

function alignColumns(batch: Batch, table: RelationInfo) {
  const byName = new Map(batch.columns.map((column) => [column.name, column]))
  const aligned = table.fields.map(({ name, type }) => {
    const column = byName.get(name)
    byName.delete(name)
    if (column !== undefined && duckDbTypeName(column.type) !== duckDbTypeName(type)) {
      throw new WaterworksError('WW3008', {
        message: `column ${name} arrives as ${duckDbTypeName(column.type)}, but the table has ${duckDbTypeName(type)}`,
      })
    }
    return column
  })
  const [stranger] = byName.keys()
  if (stranger !== undefined) {
    throw new WaterworksError('WW3008', { message: `the table has no column ${stranger}` })
  }
  return aligned
}

/** The rows that a table is created with: DuckDB answers with their count, and takes none for changed. */
function createdRows({ statementType }: DuckDBResult, rows: readonly (readonly Scalar[])[]): number {
  return statementType === CREATE_STATEMENT ? Number(rows[0]?.[0] ?? 0) : 0
}
