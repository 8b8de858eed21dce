import type { Batch, BytesColumn, Column } from '../batch/batch.ts'
import { isValid } from '../batch/batch.ts'
import type { Field } from '../batch/logical-type.ts'
import { valueAt } from '../batch/value-at.ts'
import type { BatchSink, FileArrival, Refusal } from '../connectors/connector.ts'
import type { Executor } from '../engines/engine.ts'
import { parquetBatches } from '../formats/parquet/parquet-batches.ts'
import { RAW_HEAD, type RawScan, rawRecords } from '../formats/raw-records.ts'
import { NO_BYTE, NO_LINE } from '../formats/records/decoded-record.ts'

/** A file's own columns: what its name says of its records is not in it. */
export function ownFields({ scan }: FileArrival): readonly Field[] {
  const { captured = {} } = scan
  return scan.fields.filter(({ name }) => !Object.hasOwn(captured, name))
}

/** What the columns of a file are in the batches of `writeDecoded`. */
export function decodedAs({ scan }: FileArrival, fields: readonly Field[]): readonly Field[] {
  if (scan.format === 'parquet') return fields
  return fields.map(({ name }) => ({ name, type: { kind: 'text' } }))
}

/**
 * Decodes a file, in memory alone, and writes its records, those that are malformed as refusals without anything of
 * them.
 */
export async function writeDecoded(
  arrival: FileArrival,
  executor: () => Promise<Executor>,
  sink: BatchSink,
): Promise<void> {
  const { file, scan } = arrival
  const fields = ownFields(arrival)
  if (scan.format === 'parquet') {
    for await (const batch of parquetBatches(await executor(), file, fields)) await sink.write(batch)
    return
  }
  let defect: string | undefined
  const hear = (reason: string) => {
    defect = reason
  }
  for await (const raw of rawRecords(file, scan satisfies RawScan, fields, hear)) {
    const { batch, refusals } = withoutHead(raw, fields)
    await sink.write(batch, refusals)
  }
  if (defect === undefined) return
  await sink.restart()
  await sink.write(
    { rows: 1, columns: fields.map(({ name }) => nothing(name)) },
    new Map([[0, { reason: defect, withheld: true, line: 1, byte: 0 }]]),
  )
}

function withoutHead(
  { rows, columns }: Batch,
  fields: readonly Field[],
): { readonly batch: Batch; readonly refusals: ReadonlyMap<number, Refusal> } {
  const refusals = new Map<number, Refusal>()
  const reason = columns[RAW_HEAD.reason]!
  if (reason.validity === null || reason.validity.some((bits) => bits !== 0)) {
    for (let row = 0; row < rows; row++) {
      if (!isValid(reason.validity, row)) continue
      const [line, byte] = [RAW_HEAD.line, RAW_HEAD.byte].map((at) => Number(valueAt(columns[at]!, row)))
      refusals.set(row, {
        reason: String(valueAt(reason, row)),
        withheld: true,
        ...(line === NO_LINE ? {} : { line: line! }),
        ...(byte === NO_BYTE ? {} : { byte: byte! }),
      })
    }
  }
  // The texts of a column of JSON are JSON; all others are what they say.
  const named = fields.map(({ name, type }, index): Column => {
    const column = columns[RAW_HEAD.fields + index] as BytesColumn
    return { ...column, name, type: type.kind === 'json' ? type : column.type }
  })
  return { batch: { rows, columns: named }, refusals }
}

function nothing(name: string): BytesColumn {
  const type = { kind: 'text' } as const
  return {
    storage: 'bytes',
    name,
    type,
    validity: new Uint8Array(1),
    offsets: new Int32Array(2),
    bytes: new Uint8Array(0),
  }
}
