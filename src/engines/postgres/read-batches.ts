import type { Batch } from '../../batch/batch.ts'
import { BatchBuilder } from '../../batch/batch-builder.ts'
import type { Field } from '../../batch/logical-type.ts'
import { CopyDecoder } from '../../postgres-protocol/copy-decoder.ts'
import { CopyOut } from '../../postgres-protocol/copy-out.ts'
import { typeOfOid } from '../../postgres-protocol/postgres-types.ts'
import { statementKind } from '../../sql/statement-kind.ts'
import { isSignificant, tokenize } from '../../sql/tokenize.ts'
import type { Scalar } from '../dialect.ts'
import type { ColumnDescription } from './describe-statement.ts'
import { PortalReader } from './portal-reader.ts'
import { type PostgresConnection, textValues } from './postgres-connection.ts'
import { rowValueParser } from './row-values.ts'

const ROWS_PER_FETCH = 2048

/**
 * Streams a statement's rows, holding the connection while it does: queries without parameters by binary COPY,
 * anything else through a portal. Columns of types without a logical counterpart come as their text.
 */
export async function* readBatches(
  connection: PostgresConnection,
  sql: string,
  params: readonly Scalar[],
): AsyncGenerator<Batch> {
  const query = withoutTerminator(sql)
  if (params.length === 0 && statementKind(query) === 'query' && !/^\s*(show|explain|fetch)\b/i.test(query)) {
    yield* readByCopy(connection, query)
  } else yield* readByPortal(connection, query, params)
}

export function fieldsOf(columns: readonly ColumnDescription[]): Field[] {
  return columns.map(({ name, dataTypeID, dataTypeModifier }) => ({
    name,
    type: typeOfOid(dataTypeID, dataTypeModifier) ?? { kind: 'text' },
  }))
}

/** A statement to be put in parentheses: without the semicolon and comments after its last word. */
export function withoutTerminator(sql: string): string {
  const words = tokenize(sql).filter(isSignificant)
  const last = words.findLast((token) => sql[token.start] !== ';')
  return last === undefined ? '' : sql.slice(0, last.end)
}

async function* readByCopy(connection: PostgresConnection, query: string): AsyncGenerator<Batch> {
  const columns = await connection.describe(query)
  const decoder = new CopyDecoder(fieldsOf(columns))
  // To stop a COPY early it is cancelled, which would spoil the transaction around it.
  const inTransaction = connection.inTransaction
  if (inTransaction) await connection.run('savepoint waterworks_copy')
  const sql = `copy (${withTextCasts(query, columns)}) to stdout (format binary)`
  const copy = connection.submit(new CopyOut(sql, decoder))
  try {
    for (let batch = await copy.read(); batch !== undefined; batch = await copy.read()) yield batch
  } finally {
    if (copy.isRunning) await cancel(connection, copy, inTransaction)
    else if (inTransaction && !copy.hasFailed) await connection.run('release savepoint waterworks_copy')
  }
  const last = decoder.finish()
  if (last.rows > 0) yield last
}

async function cancel(connection: PostgresConnection, copy: CopyOut, inTransaction: boolean): Promise<void> {
  await Promise.all([connection.interrupt(), copy.drain()])
  if (!inTransaction) return
  await connection.run('rollback to savepoint waterworks_copy')
  await connection.run('release savepoint waterworks_copy')
}

/** Columns are renamed, for a query may have several of one name. */
function withTextCasts(query: string, columns: readonly ColumnDescription[]): string {
  const casts = columns.map(
    ({ dataTypeID, dataTypeModifier }) => typeOfOid(dataTypeID, dataTypeModifier) === undefined,
  )
  if (!casts.includes(true)) return `${query}\n`
  const names = columns.map((_, index) => `c${index}`)
  const list = names.map((name, index) => (casts[index] ? `${name}::text` : name))
  return `select ${list.join(', ')} from (${query}\n) as q(${names.join(', ')})`
}

async function* readByPortal(
  connection: PostgresConnection,
  query: string,
  params: readonly Scalar[],
): AsyncGenerator<Batch> {
  const portal = connection.submit(new PortalReader(query, textValues(params), ROWS_PER_FETCH))
  try {
    for (let rows = await portal.fetch(); rows !== undefined; rows = await portal.fetch()) {
      const fields = fieldsOf(portal.columns)
      const parsers = portal.columns.map(({ dataTypeID }, index) =>
        fields[index]!.type.kind === 'int128' ? wholeNumber : rowValueParser(dataTypeID),
      )
      const builder = new BatchBuilder(fields, ROWS_PER_FETCH)
      for (const row of rows) {
        builder.append(row.map((value, index) => (value === null ? null : parsers[index]!(value))))
      }
      if (builder.rows > 0) yield builder.finish()
    }
  } finally {
    await portal.close()
  }
}

/** `numeric(39,0)`, in which the platform keeps 128-bit numbers; NaN stays text, for the builder to refuse. */
function wholeNumber(text: string): Scalar {
  return /^-?\d+$/.test(text) ? BigInt(text) : text
}
