import { type Batch, DATE_MINUS_INFINITY } from '../batch/batch.ts'
import { BytesBuilder } from '../batch/bytes-builder.ts'
import type { ColumnBuilder } from '../batch/column-builder.ts'
import { FillingBatch } from '../batch/filling-batch.ts'
import { formatTimestamp } from '../batch/format-value.ts'
import { IntervalBuilder } from '../batch/interval-builder.ts'
import type { Field } from '../batch/logical-type.ts'
import { logicalTypeName } from '../batch/logical-type-name.ts'
import { Misfit } from '../batch/misfit.ts'
import { NumberBuilder } from '../batch/number-builder.ts'
import { WordBuilder } from '../batch/word-builder.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { numericReader } from './numeric-reader.ts'
import { DAYS_TO_2000, MICROS_TO_2000, MICROS_TO_2000_HIGH, MICROS_TO_2000_LOW } from './postgres-epoch.ts'

/** `PGCOPY\n\377\r\n\0`, flags, and the length of an extension ("COPY", Binary Format). */
const HEADER_SIZE = 19

/** Reads the `length` bytes of a value at `at` into the column. */
export type ValueReader = (bytes: Uint8Array, at: number, length: number) => void

/** Decodes binary COPY data straight into typed arrays, whole batches at a time. */
export class CopyDecoder {
  readonly #fields: readonly Field[]
  readonly #collects: boolean
  #batch: FillingBatch
  #readers: readonly ValueReader[]
  #rest: Uint8Array = EMPTY
  #started = false

  /**
   * @param misfits what becomes of values that their column's type cannot hold: WW3004, or a defect of their batch
   */
  constructor(fields: readonly Field[], misfits: 'refuse' | 'collect' = 'refuse') {
    this.#fields = fields
    this.#collects = misfits === 'collect'
    this.#batch = new FillingBatch(fields)
    this.#readers = this.#batch.builders.map(valueReader)
  }

  /**
   * Takes in data, cut anywhere, from `start` to `end` of `chunk`, and keeps no hold of it; gives a batch when one is
   * full.
   */
  push(chunk: Uint8Array, start = 0, end = chunk.length): Batch | undefined {
    if (this.#rest.length > 0) {
      const data = joined(this.#rest, chunk.subarray(start, end))
      this.#rest = EMPTY
      this.#readRows(data, 0, data.length)
    } else this.#readRows(chunk, start, end)
    return this.#batch.isFull ? this.finish() : undefined
  }

  /** The rows decoded so far. */
  finish(): Batch {
    const batch = this.#batch.finish()
    this.#batch = new FillingBatch(this.#fields)
    this.#readers = this.#batch.builders.map(valueReader)
    return batch
  }

  #readRows(data: Uint8Array, start: number, end: number): void {
    let at = start
    if (!this.#started) {
      if (end - at < HEADER_SIZE) {
        this.#rest = copyOf(data.subarray(at, end))
        return
      }
      this.#started = true
      at += HEADER_SIZE + int32(data, at + HEADER_SIZE - 4)
    }
    while (at + 2 <= end) {
      // The trailer is a field count of -1.
      if (int16(data, at) === -1) {
        at = end
        break
      }
      const next = this.#rowEnd(data, at, end)
      if (next < 0) break
      this.#readRow(data, at)
      at = next
    }
    this.#batch.bytes += at - start
    if (at < end) this.#rest = copyOf(data.subarray(at, end))
  }

  /** Where the row at `start` ends; -1 when it has not arrived whole. */
  #rowEnd(data: Uint8Array, start: number, end: number): number {
    let at = start + 2
    for (let column = this.#readers.length; column > 0; column--) {
      if (at + 4 > end) return -1
      const length = int32(data, at)
      at += length < 0 ? 4 : 4 + length
    }
    return at <= end ? at : -1
  }

  #readRow(data: Uint8Array, start: number): void {
    let at = start + 2
    let column = 0
    const readers = this.#readers
    const batch = this.#batch
    for (;;) {
      try {
        for (; column < readers.length; column++) {
          const length = int32(data, at)
          at += 4
          if (length < 0) batch.builders[column]!.appendNull()
          else {
            readers[column]!(data, at, length)
            at += length
          }
        }
        batch.rows++
        return
      } catch (error) {
        this.#note(error, column)
        at += int32(data, at - 4)
        column++
      }
    }
  }

  /** A value that does not fit is refused, or leaves a null. */
  #note(error: unknown, index: number): void {
    if (error instanceof Misfit && !this.#collects) {
      const { name, type } = this.#fields[index]!
      throw new WaterworksError('WW3004', {
        message: `column ${name} holds ${error.what}, which ${logicalTypeName(type)} cannot`,
      })
    }
    this.#batch.note(error, index)
  }
}

const EMPTY = new Uint8Array(0)
const INT32_MAX = 0x7fffffff
const INT32_MIN = -0x80000000

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
    return (bytes, at) => {
      const [months, days, micros] = [int32(bytes, at + 12), int32(bytes, at + 8), int64(bytes, at)]
      // Since version 17 intervals may be infinite: the greatest, or the least, of all three.
      if ((months === INT32_MAX || months === INT32_MIN) && months === days && isExtreme(micros)) {
        throw new Misfit('an infinity', months > 0 ? 'infinity' : '-infinity')
      }
      builder.appendParts(months, days, micros)
    }
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
        const highSum = high + MICROS_TO_2000_HIGH + (sum > 0xffffffff ? 1 : 0)
        // The last number itself stands for infinity.
        if (highSum > INT32_MAX || (highSum === INT32_MAX && (sum | 0) === -1)) {
          const text = formatTimestamp(int64(bytes, at) + MICROS_TO_2000, type.kind === 'timestamptz')
          throw new Misfit('a time beyond the year 294246', text)
        }
        builder.appendWords(highSum, sum | 0)
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

function isExtreme(micros: bigint): boolean {
  return micros === 2n ** 63n - 1n || micros === -(2n ** 63n)
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
