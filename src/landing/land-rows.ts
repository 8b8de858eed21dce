import type { Batch, Column, Defect } from '../batch/batch.ts'
import { BatchBuilder } from '../batch/batch-builder.ts'
import type { Field } from '../batch/logical-type.ts'
import { logicalTypeName } from '../batch/logical-type-name.ts'
import type { Refusal, RowsArrival } from '../connectors/connector.ts'
import { DEFECTS } from '../formats/file-scan.ts'
import { type ParquetFile, ParquetWriter } from './parquet/parquet-writer.ts'

export interface LandedRows extends ParquetFile {
  /** Rows with values that their columns cannot hold. */
  readonly defects: number
}

const DEFECTS_FIELD: Field = { name: DEFECTS, type: { kind: 'json' } }

/** Writes the rows of an arrival as a Parquet file at `path`, with a column that says what is wrong with each. */
export async function landRows(arrival: RowsArrival, path: string): Promise<LandedRows> {
  const fields = [...(arrival.landedAs ?? arrival.fields), DEFECTS_FIELD]
  const types = new Map(arrival.fields.map(({ name, type }) => [name, logicalTypeName(type)]))
  let writer = await ParquetWriter.create(path, fields)
  let defects = 0
  try {
    await arrival.writeTo({
      async restart() {
        await writer.abandon()
        writer = await ParquetWriter.create(path, fields)
        defects = 0
      },
      async write(batch, refusals) {
        const notes = noteDefects(batch, types, refusals)
        defects += notes.size
        await writer.write(withNotes(batch, notes))
      },
    })
    return { ...(await writer.finish()), defects }
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

/** What is wrong with a row, as JSON, by row. */
function noteDefects(
  batch: Batch,
  types: ReadonlyMap<string, string>,
  refusals: ReadonlyMap<number, Refusal> = new Map(),
): ReadonlyMap<number, string> {
  const byRow = Map.groupBy(batch.defects ?? [], (defect) => defect.row)
  const rows = [...new Set([...byRow.keys(), ...refusals.keys()])]
  return new Map(rows.map((row) => [row, note(byRow.get(row) ?? [], types, refusals.get(row))]))
}

/** Begins as what is kept of any record that could not be taken apart. */
const WITHHELD = JSON.stringify({ _raw: '', _withheld: true })

function note(
  defects: readonly Defect[],
  types: ReadonlyMap<string, string>,
  { reason, line, byte, withheld = false }: Partial<Refusal> = {},
): string {
  const reasons = defects.map(
    ({ column, what }) => `column ${column}: holds ${what}, which ${types.get(column) ?? 'its type'} cannot`,
  )
  const values = Object.fromEntries(defects.map(({ column, text }) => [column, text]))
  return JSON.stringify({
    reason: [...(reason === undefined ? [] : [reason]), ...reasons].join('; '),
    ...(withheld ? { payload: WITHHELD } : { values }),
    line,
    byte,
  })
}

function withNotes(batch: Batch, notes: ReadonlyMap<number, string>): Batch {
  return { rows: batch.rows, columns: [...batch.columns, noteColumn(batch.rows, notes)] }
}

function noteColumn(rows: number, notes: ReadonlyMap<number, string>): Column {
  if (notes.size === 0) {
    const offsets = new Int32Array(rows + 1)
    const validity = new Uint8Array(Math.ceil(rows / 8))
    return { storage: 'bytes', ...DEFECTS_FIELD, validity, offsets, bytes: new Uint8Array(0) }
  }
  const builder = new BatchBuilder([DEFECTS_FIELD], rows)
  for (let row = 0; row < rows; row++) builder.append([notes.get(row) ?? null])
  return builder.finish().columns[0]!
}
