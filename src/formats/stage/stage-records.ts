import type { Batch } from '../../batch/batch.ts'
import type { Field } from '../../batch/logical-type.ts'
import type { Executor } from '../../engines/engine.ts'
import type { RecordScan } from '../file-scan.ts'
import type { Cell, DecodedRecord, WellFormed } from '../records/decoded-record.ts'
import { decoderOf } from '../records/decoders.ts'
import { DocumentDefect } from '../records/document-defect.ts'
import type { StagedPart } from '../staged-part.ts'
import { RawBatches } from './raw-batches.ts'
import { stageRaw } from './stage-raw.ts'

/** Stages a file of a format that is decoded record by record. */
export async function stageRecords(
  executor: Executor,
  file: string,
  scan: RecordScan,
  fields: readonly Field[],
  table: string,
  keepMisfits: boolean,
): Promise<StagedPart> {
  let defect: DocumentDefect | undefined
  const batches = readRecords(file, scan, fields, (found) => {
    defect = found
  })
  const beforeTyping = async (raw: string) => {
    if (defect === undefined) return
    await executor.execute(`delete from ${raw}`)
    await executor.load({ name: `${table}_raw` }, wholeDocument(fields.length, defect))
  }
  return stageRaw(executor, batches, fields, table, { beforeTyping, keepMisfits })
}

/** Every record of a file of such a format, as text. When the document turns out to be none, `onDefect` hears of it, and the batches are void. */
export async function* readRecords(
  file: string,
  scan: RecordScan,
  fields: readonly Field[],
  onDefect: (defect: DocumentDefect) => void,
): AsyncGenerator<Batch> {
  const raw = new RawBatches(fields.length)
  const into = new RecordWriter(raw, fields)
  const decoder = await decoderOf(scan.format)
  try {
    for await (const batch of decoder.decode(file, scan)) {
      for (const record of batch) into.write(record)
      yield* raw.take()
    }
  } catch (error) {
    if (!(error instanceof DocumentDefect)) throw error
    onDefect(error)
  }
  yield* raw.take(true)
}

async function* wholeDocument(fields: number, defect: DocumentDefect) {
  const raw = new RawBatches(fields)
  raw.reject(defect.raw, defect.message, { record: 1, line: 1, byte: 0 })
  yield* raw.take(true)
}

/** Writes decoded records as raw ones: their columns by name, nested values and values of JSON columns as JSON. */
class RecordWriter {
  readonly #raw: RawBatches
  readonly #fields: readonly Field[]
  readonly #indexes: ReadonlyMap<string, number>
  #names: readonly string[] = []
  #places: readonly (number | undefined)[] = []

  constructor(raw: RawBatches, fields: readonly Field[]) {
    this.#raw = raw
    this.#fields = fields
    this.#indexes = new Map(fields.map(({ name }, index) => [name, index]))
  }

  write(record: DecodedRecord): void {
    if ('reason' in record) {
      this.#raw.reject(record.raw, record.reason, record.place)
      return
    }
    if (record.names !== this.#names) {
      this.#names = record.names
      this.#places = record.names.map((name) => this.#indexes.get(name))
    }
    const values = new Array<string | undefined>(this.#fields.length)
    for (const [at, cell] of record.cells.entries()) {
      if (cell === null) continue
      const index = this.#places[at]
      if (index === undefined) {
        this.#refuse(record, 'a column that the scan did not see')
        return
      }
      const value = textOf(cell, this.#fields[index]!.type.kind === 'json')
      if (value.includes('\0') || !value.isWellFormed()) {
        this.#refuse(record, `column ${record.names[at]}: a character that text cannot hold`)
        return
      }
      values[index] = value
    }
    this.#raw.beginRecord(record.place)
    for (const [index, value] of values.entries()) {
      if (value === undefined) this.#raw.nothing(index)
      else {
        const bytes = Buffer.from(value)
        this.#raw.field(index, bytes, 0, bytes.length)
      }
    }
    this.#raw.endRecord()
  }

  #refuse({ names, cells, place }: WellFormed, reason: string): void {
    const texts = names.map((name, index) => [name, cells[index]] as const)
    const known = Object.fromEntries(texts.map(([name, cell]) => [name, cell && textOf(cell!, false)]))
    this.#raw.reject(Buffer.from(JSON.stringify(known)), reason, place)
  }
}

function textOf(cell: NonNullable<Cell>, json: boolean): string {
  if (typeof cell === 'string') return json ? JSON.stringify(cell) : cell
  return json && cell.kind === 'text' ? JSON.stringify(cell.text) : cell.text
}
