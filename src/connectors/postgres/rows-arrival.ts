import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { BatchSink, RowsArrival } from '../connector.ts'
import { saysTableChanged } from './source-error.ts'
import type { Patience, SourceSnapshot } from './source-snapshot.ts'
import type { SourceTable } from './source-table.ts'
import { checkStorage } from './storage-check.ts'
import type { TableReading } from './table-reading.ts'

export interface Chunk {
  readonly snapshot: SourceSnapshot
  readonly table: SourceTable
  readonly reading: TableReading
  readonly condition: string | undefined
  readonly position: string
  /** What a person calls it. */
  readonly origin: string
  readonly patience: Patience
}

/** A chunk of a table as an arrival. Where the connection breaks it is read anew, from its first row. */
export function rowsArrival(chunk: Chunk): RowsArrival {
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

async function write(
  { snapshot, table, reading, condition, patience }: Chunk,
  sink: BatchSink,
): Promise<void> {
  let begun = false
  await snapshot.insist(patience, async (client) => {
    if (begun) await sink.restart()
    begun = true
    try {
      for await (const batch of client.copy(reading.query(condition), reading.landedAs))
        await sink.write(batch)
      await checkStorage(client, table)
    } catch (error) {
      throw saysTableChanged(error) ? changed(table, error) : error
    }
  })
}

function changed({ schema, name }: SourceTable, cause: unknown): WaterworksError {
  return new WaterworksError('WW4205', { message: `${schema}.${name} was altered while it was read`, cause })
}
