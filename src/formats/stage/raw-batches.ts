import { isUtf8 } from 'node:buffer'
import type { Batch } from '../../batch/batch.ts'
import { BytesBuilder } from '../../batch/bytes-builder.ts'
import type { Place } from '../csv/csv-reader.ts'
import { LONGEST_RAW } from '../csv/csv-reader.ts'

/** The names of a raw table's columns for a file with so many fields. */
export const rawColumn = (index: number): string => `c${index}`

const ROWS = 16_384
const BYTES = 8 << 20

/**
 * Gathers records as columns of text, the malformed ones with their reason and payload, into batches of a size that
 * keeps memory flat. One row per record, in order: nothing can be lost between two tables.
 */
export class RawBatches {
  readonly #fields: number
  #full: Batch[] = []
  #rows = 0
  #size = 0
  #records = new BigInt64Array(ROWS)
  #lines = new BigInt64Array(ROWS)
  #bytes = new BigInt64Array(ROWS)
  #reason = textBuilder('reason')
  #payload = textBuilder('payload')
  #columns: BytesBuilder[]

  constructor(fields: number) {
    this.#fields = fields
    this.#columns = this.#newColumns()
  }

  /** Begins a record; its fields follow by `field` or `nothing`, then `endRecord`. */
  beginRecord(place: Place): void {
    this.#place(place)
    this.#reason.appendNull()
    this.#payload.appendNull()
  }

  field(index: number, source: Uint8Array, start: number, end: number): void {
    this.#columns[index]!.appendBytes(source, start, end)
    this.#size += end - start
  }

  nothing(index: number): void {
    this.#columns[index]!.appendNull()
  }

  endRecord(): void {
    if (++this.#rows === ROWS || this.#size > BYTES) this.#flush()
  }

  reject(raw: Uint8Array, reason: string, place: Place): void {
    this.#place(place)
    append(this.#reason, reason)
    const payload = rawPayload(raw)
    append(this.#payload, payload)
    this.#size += payload.length
    for (const column of this.#columns) column.appendNull()
    this.endRecord()
  }

  /** The batches that are full; with `all`, also the one that is not. */
  take(all = false): Batch[] {
    if (all && this.#rows > 0) this.#flush()
    const full = this.#full
    this.#full = []
    return full
  }

  #place({ record, line, byte }: Place): void {
    this.#records[this.#rows] = BigInt(record)
    this.#lines[this.#rows] = BigInt(line)
    this.#bytes[this.#rows] = BigInt(byte)
  }

  #flush(): void {
    const rows = this.#rows
    const int64 = (name: string, values: BigInt64Array) =>
      ({
        storage: 'fixed',
        name,
        type: { kind: 'int64' },
        validity: null,
        values: values.subarray(0, rows),
      }) as const
    this.#full.push({
      rows,
      columns: [
        int64('record', this.#records),
        int64('line', this.#lines),
        int64('byte', this.#bytes),
        this.#reason.finish(),
        this.#payload.finish(),
        ...this.#columns.map((column) => column.finish()),
      ],
    })
    this.#records = new BigInt64Array(ROWS)
    this.#lines = new BigInt64Array(ROWS)
    this.#bytes = new BigInt64Array(ROWS)
    this.#reason = textBuilder('reason')
    this.#payload = textBuilder('payload')
    this.#columns = this.#newColumns()
    this.#rows = 0
    this.#size = 0
  }

  #newColumns(): BytesBuilder[] {
    return Array.from({ length: this.#fields }, (_, index) => textBuilder(rawColumn(index)))
  }
}

/** A record's bytes as JSON text: also as base64 when they are not UTF-8, so that nothing is lost. */
function rawPayload(raw: Uint8Array): string {
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.length)
  const whole = isUtf8(raw) ? {} : { _raw_base64: text.toString('base64') }
  const cut = raw.length >= LONGEST_RAW ? { _truncated: true } : {}
  return JSON.stringify({ _raw: text.toString('utf8'), ...whole, ...cut })
}

function append(builder: BytesBuilder, text: string): void {
  const bytes = Buffer.from(text)
  builder.appendBytes(bytes, 0, bytes.length)
}

function textBuilder(name: string): BytesBuilder {
  return new BytesBuilder({ name, type: { kind: 'text' } }, 1024)
}
