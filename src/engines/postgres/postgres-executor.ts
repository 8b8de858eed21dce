import type { Batch } from '../../batch/batch.ts'
import type { Field } from '../../batch/logical-type.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { statementError } from '../../postgres-protocol/postgres-error.ts'
import { OID, postgresTypeName } from '../../postgres-protocol/postgres-types.ts'
import { splitStatements } from '../../sql/split-statements.ts'
import type { Scalar } from '../dialect.ts'
import type { Executor, Outcome, RelationInfo, Row } from '../engine.ts'
import type { Relation } from '../relation.ts'
import { exportRows } from './export-rows.ts'
import { loadTable } from './load-table.ts'
import type { PostgresConnection } from './postgres-connection.ts'
import { postgresDialect as dialect } from './postgres-dialect.ts'
import { fieldsOf, readBatches, withoutTerminator } from './read-batches.ts'
import { replaceTable, replaceView } from './replace-relation.ts'
import { fieldsOfTable, readCatalog } from './table-columns.ts'

/** Commands that change rows; the count of any other (SELECT, CREATE TABLE AS) is of rows returned or made. */
const CHANGES_ROWS: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY'])

/** Runs SQL on a connection, in whatever transaction it is in. */
export class PostgresExecutor implements Executor {
  protected readonly connection: PostgresConnection

  constructor(connection: PostgresConnection) {
    this.connection = connection
  }

  async rows(sql: string, params: readonly Scalar[] = []): Promise<Row[]> {
    const { rows } = await this.connection.exclusive(() => this.connection.run(sql, params))
    return [...rows]
  }

  async *batches(sql: string, params: readonly Scalar[] = []): AsyncIterable<Batch> {
    const leave = await this.connection.enter()
    try {
      yield* readBatches(this.connection, sql, params)
    } catch (error) {
      throw statementError(error)
    } finally {
      leave()
    }
  }

  async execute(sql: string, params: readonly Scalar[] = []): Promise<number> {
    const { command, count } = await this.connection.exclusive(() => this.connection.run(sql, params))
    return CHANGES_ROWS.has(command) ? count : 0
  }

  async run(sql: string, limit?: number): Promise<Outcome> {
    const statements = splitStatements(sql)
    const last = statements.pop()
    if (last === undefined) return { columns: [], rows: [], changed: 0 }
    return this.connection.exclusive(async () => {
      for (const statement of statements) await this.connection.run(statement)
      const { command, count, fields, rows } = await this.connection.runForArrays(last)
      const columns = fieldsOf(fields).map((field, index) => ({
        ...field,
        // A numeric without limits has no counterpart among the platform's types: its values come as text.
        typeName: fields[index]?.dataTypeID === OID.numeric ? 'numeric' : postgresTypeName(field.type),
      }))
      return {
        columns,
        rows: limit === undefined ? rows : rows.slice(0, limit),
        // A table that is made of a query is answered as a SELECT, and has no columns to give.
        changed: CHANGES_ROWS.has(command) || columns.length === 0 ? count : 0,
      }
    })
  }

  describe(sql: string): Promise<readonly Field[]> {
    return this.connection.exclusive(async () => fieldsOf(await this.connection.describe(sql)))
  }

  async inspect(relation: Relation): Promise<RelationInfo | undefined> {
    const catalog = await readCatalog(this, relation)
    if (catalog === undefined) return undefined
    return {
      relation,
      kind: catalog.letter === 'v' ? 'view' : 'table',
      fields: fieldsOfTable(catalog.columns),
    }
  }

  async load(table: Relation, batches: AsyncIterable<Batch>): Promise<number> {
    const catalog = await readCatalog(this, table)
    if (catalog === undefined) {
      throw new WaterworksError('WW3008', { message: `table ${dialect.relation(table)} does not exist` })
    }
    // Errors of the batches' source come through as they are.
    const leave = await this.connection.enter()
    try {
      return await loadTable(this.connection, table, catalog, batches)
    } finally {
      leave()
    }
  }

  replaceTable(relation: Relation, select: string): Promise<number> {
    return this.atomically((executor) =>
      replaceTable(executor, this.connection, relation, withoutTerminator(select)),
    )
  }

  replaceView(relation: Relation, select: string): Promise<void> {
    return this.atomically((executor) =>
      replaceView(executor, this.connection, relation, withoutTerminator(select)),
    )
  }

  exportRows(select: string, path: string): Promise<number> {
    const query = `select row_to_json(exported) from (${withoutTerminator(select)}\n) as exported`
    return exportRows(this.batches(query), path)
  }

  async tentatively<T>(work: () => Promise<T>): Promise<T> {
    if (!this.connection.inTransaction) return work()
    await this.execute('savepoint waterworks_try')
    try {
      const result = await work()
      await this.execute('release savepoint waterworks_try')
      return result
    } catch (error) {
      // Where the connection itself is gone there is nothing to go back to, and the first error is the one to tell.
      await this.execute('rollback to savepoint waterworks_try').catch(() => undefined)
      await this.execute('release savepoint waterworks_try').catch(() => undefined)
      throw error
    }
  }

  /** Runs several statements in the transaction at hand, or in one of their own. */
  protected async atomically<T>(work: (executor: Executor) => Promise<T>): Promise<T> {
    if (this.connection.inTransaction) return work(this)
    await this.execute('begin isolation level read committed')
    try {
      const result = await work(this)
      await this.commit()
      return result
    } catch (error) {
      await this.execute('rollback').catch(() => undefined)
      throw error
    }
  }

  /** COMMIT of a transaction in which a statement failed rolls back, and says so only in its command tag. */
  protected async commit(): Promise<void> {
    const { command } = await this.connection.exclusive(() => this.connection.run('commit'))
    if (command === 'COMMIT') return
    throw new WaterworksError('WW3001', {
      message:
        'Postgres: the transaction was rolled back at its commit, because a statement in it had failed',
    })
  }
}
