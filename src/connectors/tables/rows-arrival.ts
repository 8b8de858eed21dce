import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { BatchSink, RowsArrival } from '../connector.ts'
import type { Patience, SourceMoment } from './source-moment.ts'
import type { SourceTable } from './source-table.ts'
import type { TableDialect } from './table-dialect.ts'
import type { TableReading } from './table-reading.ts'

export interface Chunk<Table extends SourceTable> {
  readonly dialect: TableDialect<Table>
  readonly moment: SourceMoment
  readonly table: Table
  readonly reading: TableReading
  readonly condition: string | undefined
  readonly position: string
  /** What a person calls it. */
  readonly origin: string
  readonly patience: Patience
}

/** A chunk of a table as an arrival. Where the connection breaks it is read anew, from its first row. */
export function rowsArrival<Table extends SourceTable>(chunk: Chunk<Table>): RowsArrival {
  const { position, origin, reading } = chunk
  const { fields, landedAs } = reading
  return {
    kind: 'rows',
    fields,
    landedAs,
    origin,
    position,
    writeTo: (sink) => write(chunk, sink),
  }
}

async function write<Table extends SourceTable>(
  { dialect, moment, table, reading, condition, patience }: Chunk<Table>,
  sink: BatchSink,
): Promise<void> {
  let begun = false
  await moment.insist(patience, async (client) => {
    if (begun) await sink.restart()
    begun = true
    try {
      for await (const batch of client.batches(reading.query(condition), reading.landedAs))
        await sink.write(batch)
      await dialect.checkUnchanged(client, table)
    } catch (error) {
      throw dialect.saysChanged(error) ? changed(table, error) : error
    }
  })
}

function changed({ schema, name }: SourceTable, cause: unknown): WaterworksError {
  return new WaterworksError('WW4205', { message: `${schema}.${name} was altered while it was read`, cause })
}
