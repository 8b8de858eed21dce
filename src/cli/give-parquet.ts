import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { LogicalType } from '../batch/logical-type.ts'
import { duckDbDialect } from '../engines/duckdb/duckdb-dialect.ts'
import { DuckDbEngine } from '../engines/duckdb/duckdb-engine.ts'
import type { Session } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Reader } from '../owner/reader.ts'
import { readerBatches } from './compose/reader-batches.ts'
import { inTemporaryFolder } from './compose/temporary-folder.ts'
import type { Given } from './give-result.ts'
import { replacing } from './into-file.ts'
import type { Output } from './output.ts'
import { distinctColumns } from './print-result.ts'

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
  await session.load(TABLE, readerBatches(reader, sql, fields, limit))
}

/**
 * Parquet has no whole numbers of 128 bits (a sum is one), which DuckDB would round to doubles, and its intervals have no
 * microseconds, which DuckDB would drop.
 */
function inParquet(type: LogicalType): LogicalType {
  if (type.kind === 'interval') return { kind: 'text' }
  return type.kind === 'int128' ? { kind: 'decimal', precision: 38, scale: 0 } : type
}
