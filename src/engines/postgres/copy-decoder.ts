import { type Batch, DATE_MINUS_INFINITY } from '../../batch/batch.ts'
import { BytesBuilder } from '../../batch/bytes-builder.ts'
import { type ColumnBuilder, createColumnBuilder } from '../../batch/column-builder.ts'
import { IntervalBuilder } from '../../batch/interval-builder.ts'
import type { Field } from '../../batch/logical-type.ts'
import { NumberBuilder } from '../../batch/number-builder.ts'
import { WordBuilder } from '../../batch/word-builder.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { numericReader } from './numeric-reader.ts'
import { DAYS_TO_2000, MICROS_TO_2000_HIGH, MICROS_TO_2000_LOW } from './postgres-epoch.ts'

/** `PGCOPY\n\377\r\n\0`, flags, and the length of an extension ("COPY", Binary Format). */
const HEADER_SIZE = 19
const ROWS_PER_BATCH = 8192
const BYTES_PER_BATCH = 8 << 20

/** Reads the `length` bytes of a value at `at` into the column. */
export type ValueReader = (bytes: Uint8Array, at: number, length: number) => void

/** Decodes binary COPY data straight into typed arrays, whole batches at a time. */
export class CopyDecoder {
  readonly #fields: readonly Field[]
  #builders: readonly ColumnBuilder[] = []
  #readers: readonly ValueReader[] = []
  #rows = 0
  #bytes = 0
  #rest: Uint8Array = EMPTY
  #started = false

  constructor(fields: readonly Field[]) {
    this.#fields = fields
    this.#begin()
  }

  /** Takes in data, cut anywhere, and keeps no hold of it; gives a batch when one is full. */
  push(chunk: Uint8Array): Batch | undefined {
    const data = this.#rest.length === 0 ? chunk : joined(this.#rest, chunk)
    let at = 0
    if (!this.#started) {
      if (data.length < HEADER_SIZE) {
        this.#rest = copyOf(data)
        return undefined
      }
      this.#started = true
      at = HEADER_SIZE + int32(data, HEADER_SIZE - 4)
    }
    while (at + 2 <= data.length) {
      // The trailer is a field count of -1.
      if (int16(data, at) === -1) {
        at = data.length
        break
      }
      const end = this.#rowEnd(data, at)
      if (end < 0) break
      this.#readRow(data, at)
      at = end
    }
    this.#bytes += at
    this.#rest = at === data.length ? EMPTY : copyOf(data.subarray(at))
    return this.#rows >= ROWS_PER_BATCH || this.#bytes >= BYTES_PER_BATCH ? this.finish() : undefined
  }

  /** The rows decoded so far. */
  finish(): Batch {
    const columns = Object.freeze(this.#builders.map((builder) => builder.finish()))
    const batch = Object.freeze({ rows: this.#rows, columns })
    this.#begin()
    return batch
  }

  #begin(): void {
    this.#builders = this.#fields.map((field) => createColumnBuilder(field, ROWS_PER_BATCH))
    this.#readers = this.#builders.map(valueReader)
    this.#rows = 0
    this.#bytes = 0
  }

  /** Where the row at `start` ends; -1 when it has not arrived whole. */
  #rowEnd(data: Uint8Array, start: number): number {
    let at = start + 2
    for (let column = this.#readers.length; column > 0; column--) {
      if (at + 4 > data.length) return -1
      const length = int32(data, at)
      at += length < 0 ? 4 : 4 + length
    }
    return at <= data.length ? at : -1
  }

  #readRow(data: Uint8Array, start: number): void {
    let at = start + 2
    const readers = this.#readers
    for (let column = 0; column < readers.length; column++) {
      const length = int32(data, at)
      at += 4
      if (length < 0) this.#builders[column]!.appendNull()
      else {
        readers[column]!(data, at, length)
        at += length
      }
    }
    this.#rows++
  }
}

const EMPTY = new Uint8Array(0)

/** Not `slice`, which on a Buffer is a view. */
function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

function valueReader(builder: ColumnBuilder): ValueReader {
  const { type } = builder.field
  if (builder instanceof NumberBuilder) return numberReader(builder)
  if (builder instanceof BytesBuilder) {
    // jsonb begins with its version, 1; json, whose text is never that character, does not.
    return type.kind === 'json'
      ? (bytes, at, length) => builder.appendBytes(bytes, bytes[at] === 1 ? at + 1 : at, at + length)
      : (bytes, at, length) => builder.appendBytes(bytes, at, at + length)
  }
  if (builder instanceof IntervalBuilder) {
    return (bytes, at) => builder.appendParts(int32(bytes, at + 12), int32(bytes, at + 8), int64(bytes, at))
  }
  if (type.kind === 'decimal' || type.kind === 'int128') return numericReader(builder)
  if (!(builder instanceof WordBuilder)) throw wrongBuilder(builder.field)
  if (type.kind === 'timestamp' || type.kind === 'timestamptz') {
    return (bytes, at) => {
      const high = int32(bytes, at)
      const low = int32(bytes, at + 4) >>> 0
      if (high === 0x7fffffff && low === 0xffffffff) builder.appendWords(high, low)
      else if (high === -0x80000000 && low === 0) builder.appendWords(high, 1)
      else {
        const sum = low + MICROS_TO_2000_LOW
        builder.appendWords((high + MICROS_TO_2000_HIGH + (sum > 0xffffffff ? 1 : 0)) | 0, sum | 0)
      }
    }
  }
  return (bytes, at) => builder.appendWords(int32(bytes, at), int32(bytes, at + 4))
}

function numberReader(builder: NumberBuilder): ValueReader {
  switch (builder.field.type.kind) {
    case 'boolean':
      return (bytes, at) => builder.appendNumber(bytes[at]!)
    case 'int16':
      return (bytes, at) => builder.appendNumber(int16(bytes, at))
    case 'int32':
      return (bytes, at) => builder.appendNumber(int32(bytes, at))
    case 'uint32':
      return (bytes, at) => builder.appendNumber(int32(bytes, at) >>> 0)
    case 'date':
      return (bytes, at) => builder.appendNumber(unixDays(int32(bytes, at)))
    case 'float32':
      return (bytes, at) => builder.appendNumber(float32(bytes, at))
    case 'float64':
      return (bytes, at) => builder.appendNumber(float64(bytes, at))
    default:
      throw wrongBuilder(builder.field)
  }
}

function unixDays(days: number): number {
  if (days === 0x7fffffff) return days
  return days === -0x80000000 ? DATE_MINUS_INFINITY : days + DAYS_TO_2000
}

function wrongBuilder(field: Field): WaterworksError {
  return new WaterworksError('WW9001', {
    message: `Postgres has no binary form for ${field.type.kind} in column ${field.name}`,
  })
}

function int16(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) >> 16) | bytes[at + 1]!
}

function int32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
}

function int64(bytes: Uint8Array, at: number): bigint {
  return (BigInt(int32(bytes, at)) << 32n) | BigInt(int32(bytes, at + 4) >>> 0)
}

const floatBytes = new DataView(new ArrayBuffer(8))

function float32(bytes: Uint8Array, at: number): number {
  floatBytes.setInt32(0, int32(bytes, at))
  return floatBytes.getFloat32(0)
}

function float64(bytes: Uint8Array, at: number): number {
  floatBytes.setInt32(0, int32(bytes, at))
  floatBytes.setInt32(4, int32(bytes, at + 4))
  return floatBytes.getFloat64(0)
}
