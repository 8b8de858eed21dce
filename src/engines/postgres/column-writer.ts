import type { BytesColumn, Column, FixedColumn, WideColumn } from '../../batch/batch.ts'
import {
  DATE_INFINITY,
  DATE_MINUS_INFINITY,
  isValid,
  TIMESTAMP_INFINITY,
  TIMESTAMP_MINUS_INFINITY,
} from '../../batch/batch.ts'
import { logicalTypeName } from '../../batch/logical-type-name.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import {
  DAYS_TO_2000,
  MICROS_TO_2000,
  MICROS_TO_2000_HIGH,
  MICROS_TO_2000_LOW,
} from '../../postgres-protocol/postgres-epoch.ts'
import { OID } from '../../postgres-protocol/postgres-types.ts'
import type { CopyFrame } from './copy-frame.ts'
import { writeNumeric } from './numeric-writer.ts'

/** Writes the value of a row that has one, length first. */
export type ValueWriter = (row: number) => void

const TEXT_TARGETS: ReadonlySet<number> = new Set([OID.text, OID.varchar, OID.bpchar, OID.name])
const INTEGER_RANGES: ReadonlyMap<number, readonly [bigint, bigint]> = new Map([
  [OID.int2, [-(2n ** 15n), 2n ** 15n - 1n]],
  [OID.int4, [-(2n ** 31n), 2n ** 31n - 1n]],
  [OID.int8, [-(2n ** 63n), 2n ** 63n - 1n]],
])

/**
 * The writer of a column's values in the binary form of PostgreSQL type `target`. Whole numbers go into every
 * integer type and numeric, and are checked against its range (WW3004); other types into their own counterpart
 * only (else WW3008).
 */
export function columnWriter(column: Column, target: number, rows: number, frame: CopyFrame): ValueWriter {
  const writer =
    column.storage === 'bytes'
      ? bytesWriter(column, target, rows, frame)
      : column.storage === 'wide'
        ? wideWriter(column, target, frame)
        : column.storage === 'interval'
          ? target === OID.interval && intervalWriter(column, frame)
          : fixedWriter(column, target, frame)
  if (writer) return writer
  throw new WaterworksError('WW3008', {
    message: `column ${column.name} arrives as ${logicalTypeName(column.type)}, which the table’s column cannot take`,
  })
}

function bytesWriter(
  column: BytesColumn,
  target: number,
  rows: number,
  frame: CopyFrame,
): ValueWriter | false {
  const { offsets, bytes, type } = column
  const plain: ValueWriter = (row) => {
    frame.int32(offsets[row + 1]! - offsets[row]!)
    frame.bytes(bytes, offsets[row]!, offsets[row + 1]!)
  }
  if (type.kind === 'uuid') return target === OID.uuid && plain
  if (type.kind === 'bytes') return target === OID.bytea && plain
  if (!TEXT_TARGETS.has(target) && target !== OID.json && target !== OID.jsonb) return false
  refuseNul(column, rows)
  if (target !== OID.jsonb) return plain
  return (row) => {
    frame.int32(offsets[row + 1]! - offsets[row]! + 1)
    frame.int8(1)
    frame.bytes(bytes, offsets[row]!, offsets[row + 1]!)
  }
}

/** PostgreSQL's text cannot hold U+0000. Told before anything is sent, by one scan of the column's bytes. */
function refuseNul({ name, offsets, bytes, validity }: BytesColumn, rows: number): void {
  const end = offsets[rows]!
  let row = 0
  for (let at = bytes.indexOf(0, offsets[0]); at >= 0 && at < end; at = bytes.indexOf(0, offsets[row + 1])) {
    while (offsets[row + 1]! <= at) row++
    if (isValid(validity, row)) {
      throw new WaterworksError('WW3004', {
        message: `column ${name} holds text with a NUL character, which Postgres cannot store`,
      })
    }
  }
}

function wideWriter(
  { name, type, values }: WideColumn,
  target: number,
  frame: CopyFrame,
): ValueWriter | false {
  if (target === OID.numeric) {
    const scale = type.kind === 'decimal' ? type.scale : 0
    return (row) => writeNumeric(frame, values[row]!, scale)
  }
  return type.kind === 'int128' && integerWriter(name, target, frame, (row) => values[row]!)
}

function fixedWriter(column: FixedColumn, target: number, frame: CopyFrame): ValueWriter | false {
  const { name, type, values } = column
  switch (type.kind) {
    case 'boolean':
      return target === OID.bool && sized(frame, 1, (row) => frame.int8(Number(values[row]!)))
    case 'float32':
    case 'float64':
      return floatWriter(column, target, frame)
    case 'date':
      return (
        target === OID.date && sized(frame, 4, (row) => frame.int32(postgresDays(name, Number(values[row]!))))
      )
    case 'time':
      return target === OID.time && sized(frame, 8, (row) => frame.int64(BigInt(values[row]!)))
    case 'timestamp':
      return (
        target === OID.timestamp && values instanceof BigInt64Array && timestampWriter(name, values, frame)
      )
    case 'timestamptz':
      return (
        target === OID.timestamptz && values instanceof BigInt64Array && timestampWriter(name, values, frame)
      )
    case 'decimal':
      return target === OID.numeric && ((row) => writeNumeric(frame, BigInt(values[row]!), type.scale))
    default:
      return wholeWriter(column, target, frame)
  }
}

function wholeWriter(
  { name, type, values }: FixedColumn,
  target: number,
  frame: CopyFrame,
): ValueWriter | false {
  if (target === OID.numeric) return (row) => writeNumeric(frame, BigInt(values[row]!), 0)
  if (target === OID.int8 && values instanceof BigInt64Array) {
    const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2)
    return sized(frame, 8, (row) => {
      frame.int32(words[row * 2 + 1]!)
      frame.int32(words[row * 2]!)
    })
  }
  if (fitsAlways(type.kind, target)) {
    if (target === OID.int2) return sized(frame, 2, (row) => frame.int16(Number(values[row]!)))
    return sized(frame, 4, (row) => frame.int32(Number(values[row]!)))
  }
  return integerWriter(name, target, frame, (row) => BigInt(values[row]!))
}

function fitsAlways(kind: string, target: number): boolean {
  if (target === OID.int2) return kind === 'int8' || kind === 'int16' || kind === 'uint8'
  return target === OID.int4 && /^(u?int8|u?int16|int32)$/.test(kind)
}

function integerWriter(
  name: string,
  target: number,
  frame: CopyFrame,
  wholeAt: (row: number) => bigint,
): ValueWriter | false {
  const range = INTEGER_RANGES.get(target)
  if (range === undefined) return false
  const [low, high] = range
  return (row) => {
    const value = wholeAt(row)
    if (value < low || value > high) throw outOfRange(name, 'a whole number')
    if (target === OID.int8) {
      frame.int32(8)
      frame.int64(value)
    } else if (target === OID.int4) {
      frame.int32(4)
      frame.int32(Number(value))
    } else {
      frame.int32(2)
      frame.int16(Number(value))
    }
  }
}

function floatWriter({ name, values }: FixedColumn, target: number, frame: CopyFrame): ValueWriter | false {
  if (target === OID.float8) return sized(frame, 8, (row) => frame.float64(Number(values[row]!)))
  if (target !== OID.float4) return false
  return sized(frame, 4, (row) => {
    const value = Number(values[row]!)
    if (!Object.is(Math.fround(value), value)) throw outOfRange(name, 'a number too exact for a real')
    frame.float32(value)
  })
}

function timestampWriter(name: string, values: BigInt64Array, frame: CopyFrame): ValueWriter {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2)
  return sized(frame, 8, (row) => {
    const high = words[row * 2 + 1]!
    const low = words[row * 2]! >>> 0
    // Only values near the ends of 64 bits need a look: infinities, and those that would wrap around.
    if (high > -0x7fff0000 && high < 0x7fff0000) {
      const difference = low - MICROS_TO_2000_LOW
      frame.int32(high - MICROS_TO_2000_HIGH - (difference < 0 ? 1 : 0))
      frame.int32(difference | 0)
    } else frame.int64(postgresMicros(name, values[row]!))
  })
}

function postgresMicros(name: string, micros: bigint): bigint {
  if (micros === TIMESTAMP_INFINITY) return micros
  if (micros === TIMESTAMP_MINUS_INFINITY) return -(2n ** 63n)
  const shifted = micros - MICROS_TO_2000
  if (shifted < -(2n ** 63n)) throw outOfRange(name, 'a timestamp')
  return shifted
}

function postgresDays(name: string, days: number): number {
  if (days === DATE_INFINITY) return days
  if (days === DATE_MINUS_INFINITY) return -0x80000000
  const shifted = days - DAYS_TO_2000
  if (shifted < -0x80000000) throw outOfRange(name, 'a date')
  return shifted
}

function intervalWriter(column: Column & { readonly storage: 'interval' }, frame: CopyFrame): ValueWriter {
  return sized(frame, 16, (row) => {
    frame.int64(column.micros[row]!)
    frame.int32(column.days[row]!)
    frame.int32(column.months[row]!)
  })
}

function sized(frame: CopyFrame, size: number, write: ValueWriter): ValueWriter {
  return (row) => {
    frame.int32(size)
    write(row)
  }
}

function outOfRange(name: string, what: string): WaterworksError {
  return new WaterworksError('WW3004', {
    message: `column ${name} holds ${what} that the table’s column cannot`,
  })
}
