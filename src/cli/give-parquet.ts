import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Batch } from '../batch/batch.ts'
import { BatchBuilder } from '../batch/batch-builder.ts'
import type { Field, LogicalType } from '../batch/logical-type.ts'
import type { Scalar } from '../engines/dialect.ts'
import { duckDbDialect } from '../engines/duckdb/duckdb-dialect.ts'
import { DuckDbEngine } from '../engines/duckdb/duckdb-engine.ts'
import type { Session } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Reader } from '../owner/reader.ts'
import { inTemporaryFolder } from './compose/temporary-folder.ts'
import type { Given } from './give-result.ts'
import { replacing } from './into-file.ts'
import type { Output } from './output.ts'
import { distinctColumns } from './print-result.ts'

/** Rows that are gathered before they go into the table that the file is written from. */
const BATCH_ROWS = 8192
const TABLE = { schema: 'main', name: 'result' }

/**
 * Writes a query's rows, with the types they have, to a Parquet file, or to standard output where that is no terminal.
 * Throws WW7001 on a terminal.
 */
export async function giveParquet(
  reader: Reader,
  sql: string,
  { limit, file }: Pick<Given, 'limit' | 'file'>,
  output: Output,
): Promise<void> {
  if (output.options.json || (file === undefined && process.stdout.isTTY)) {
    throw new WaterworksError('WW7001', {
      message: 'Parquet is nothing to look at',
      hint: 'Write it to a file: --output result.parquet.',
    })
  }
  await inTemporaryFolder({}, async (folder) => {
    const engine = new DuckDbEngine({ path: join(folder, 'rows.duckdb') })
    const made = join(folder, 'result.parquet')
    try {
      const session = await engine.connect()
      await fill(session, reader, sql, limit)
      const write = (path: string) =>
        session.execute(
          `copy ${duckDbDialect.relation(TABLE)} to ${duckDbDialect.literal(path)} (format parquet)`,
        )
      if (file === undefined) await write(made)
      else await replacing(file, async (unfinished) => void (await write(unfinished)))
      await session.close()
    } finally {
      await engine.close()
    }
    if (file === undefined) await pipeline(createReadStream(made), process.stdout, { end: false })
    else output.log(`Wrote ${file}.`)
  })
}

async function fill(session: Session, reader: Reader, sql: string, limit: number | undefined): Promise<void> {
  const described = await reader.fields(sql)
  const names = distinctColumns(described.map(({ name }) => name))
  const fields = described.map(({ type }, index) => ({ name: names[index]!, type: inParquet(type) }))
  const columns = fields.map(
    ({ name, type }) => `${duckDbDialect.identifier(name)} ${duckDbDialect.typeName(type)}`,
  )
  await session.execute(`create table ${duckDbDialect.relation(TABLE)} (${columns.join(', ')})`)
  await session.load(TABLE, batchesOf(reader, sql, fields, limit))
}

function asText(value: Scalar): Scalar {
  return typeof value === 'bigint' || typeof value === 'number' ? String(value) : value
}

/**
 * Parquet has no whole numbers of 128 bits (a sum is one), which DuckDB would round to doubles, and its intervals have no
 * microseconds, which DuckDB would drop.
 */
function inParquet(type: LogicalType): LogicalType {
  if (type.kind === 'interval') return { kind: 'text' }
  return type.kind === 'int128' ? { kind: 'decimal', precision: 38, scale: 0 } : type
}

async function* batchesOf(
  reader: Reader,
  sql: string,
  fields: readonly Field[],
  limit: number | undefined,
): AsyncIterable<Batch> {
  let builder = new BatchBuilder(fields)
  let count = 0
  read: for await (const { rows } of reader.query(sql)) {
    for (const row of rows) {
      if (count === limit) break read
      count += 1
      builder.append(
        row.map((value, index) => (fields[index]?.type.kind === 'decimal' ? asText(value) : value)),
      )
      if (builder.rows < BATCH_ROWS) continue
      yield builder.finish()
      builder = new BatchBuilder(fields)
    }
  }
  if (builder.rows > 0) yield builder.finish()
}
