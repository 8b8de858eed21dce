import type { LogicalType } from '../../batch/logical-type.ts'
import type { ThriftWriter } from './thrift-writer.ts'

/** Parquet's physical types, as `Type` of parquet.thrift numbers them. */
export const PHYSICAL = Object.freeze({
  boolean: 0,
  int32: 1,
  int64: 2,
  float: 4,
  double: 5,
  byteArray: 6,
  fixed: 7,
})

export interface ParquetType {
  readonly physical: number
  /** Bytes of a value, for PHYSICAL.fixed. */
  readonly length?: number
  /** `ConvertedType`, for older readers, where there is one that says the same. */
  readonly converted?: number
  readonly decimal?: { readonly precision: number; readonly scale: number }
  /** Writes the `LogicalType` union. */
  readonly logical?: (union: ThriftWriter) => void
}

const INTEGERS: Readonly<Record<string, readonly [bits: number, signed: boolean, converted: number]>> = {
  int8: [8, true, 15],
  int16: [16, true, 16],
  int32: [32, true, 17],
  int64: [64, true, 18],
  uint8: [8, false, 11],
  uint16: [16, false, 12],
  uint32: [32, false, 13],
  uint64: [64, false, 14],
}

const micros = (union: ThriftWriter, field: number, utc: boolean): void => {
  union.struct(field, (time) => time.boolean(1, utc).struct(2, (unit) => unit.struct(2, () => undefined)))
}
const empty = (field: number) => (union: ThriftWriter) => void union.struct(field, () => undefined)

const TEXT: ParquetType = { physical: PHYSICAL.byteArray, converted: 0, logical: empty(1) }

/**
 * How values of a type stand in Parquet. What its types cannot hold exactly is text there: whole numbers of 128
 * bits, and intervals, of which Parquet keeps milliseconds only.
 */
export function parquetType(type: LogicalType): ParquetType {
  const integer = INTEGERS[type.kind]
  if (integer !== undefined) {
    const [bits, signed, converted] = integer
    const physical = bits === 64 ? PHYSICAL.int64 : PHYSICAL.int32
    return {
      physical,
      converted,
      logical: (union) => void union.struct(10, (int) => int.i8(1, bits).boolean(2, signed)),
    }
  }
  switch (type.kind) {
    case 'boolean':
      return { physical: PHYSICAL.boolean }
    case 'float32':
      return { physical: PHYSICAL.float }
    case 'float64':
      return { physical: PHYSICAL.double }
    case 'decimal': {
      const { precision, scale } = type
      const size =
        precision <= 9
          ? { physical: PHYSICAL.int32 }
          : precision <= 18
            ? { physical: PHYSICAL.int64 }
            : { physical: PHYSICAL.fixed, length: 16 }
      const logical = (union: ThriftWriter) =>
        void union.struct(5, (decimal) => decimal.i32(1, scale).i32(2, precision))
      return { ...size, converted: 5, decimal: { precision, scale }, logical }
    }
    case 'json':
      return { physical: PHYSICAL.byteArray, converted: 19, logical: empty(12) }
    case 'bytes':
      return { physical: PHYSICAL.byteArray }
    case 'uuid':
      return { physical: PHYSICAL.fixed, length: 16, logical: empty(14) }
    case 'date':
      return { physical: PHYSICAL.int32, converted: 6, logical: empty(6) }
    case 'time':
      return { physical: PHYSICAL.int64, logical: (union) => micros(union, 7, false) }
    case 'timestamp':
      return { physical: PHYSICAL.int64, logical: (union) => micros(union, 8, false) }
    case 'timestamptz':
      return { physical: PHYSICAL.int64, converted: 10, logical: (union) => micros(union, 8, true) }
    default:
      return TEXT
  }
}
