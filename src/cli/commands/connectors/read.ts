import { batchRows } from '../../../batch/batch-rows.ts'
import type { CellValue } from '../../../batch/value-at.ts'
import type { Connector } from '../../../connectors/connector.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { Invocation } from '../../command.ts'
import { rowLimit } from '../../print-result.ts'
import { withConnector } from './open-pipeline.ts'

const SHOWN = 10

type Row = Readonly<Record<string, CellValue>>

/** Prints the first records of a stream, one JSON object a line. */
export async function readStream(invocation: Invocation, names: readonly string[]): Promise<number> {
  const { output, flags } = invocation
  const [pipeline, stream] = names
  if (stream === undefined) {
    throw new WaterworksError('WW7001', {
      message: 'connectors read takes a pipeline and one of its streams',
    })
  }
  const limit = rowLimit(flags.text('limit'), SHOWN) ?? Number.POSITIVE_INFINITY
  const ahead = Number.isFinite(limit) ? limit : undefined
  const rows = await withConnector(invocation, pipeline, ahead, (connector) =>
    firstRows(connector, stream, limit),
  )
  for (const row of rows) output.print(text(row))
  output.json({ rows: rows.map((row) => JSON.parse(text(row))) })
  return 0
}

async function firstRows(connector: Connector, stream: string, limit: number): Promise<readonly Row[]> {
  const rows: Row[] = []
  for await (const arrival of connector.read(stream, null)) {
    if (arrival.kind !== 'rows') continue
    await arrival.writeTo({
      async restart() {
        rows.length = 0
      },
      async write(batch) {
        for (const row of batchRows(batch)) if (rows.length < limit) rows.push(row)
      },
    })
    if (rows.length >= limit) break
  }
  return rows
}

function text(row: Row): string {
  return JSON.stringify(row, (_name, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))
}
