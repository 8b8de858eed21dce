import { isUtf8 } from 'node:buffer'
import type { LogicalType } from '../../batch/logical-type.ts'
import { doubleText, floatText } from '../number-text.ts'
import { civilDate, decimalText, timestampText } from '../time-text.ts'
import { OrcDefect } from './orc-defect.ts'
import type { OrcStream } from './orc-stream.ts'
import type { OrcType } from './orc-tail.ts'
import { BitRuns, ByteRuns, NumberRuns, zigZag } from './run-lengths.ts'

/** Kinds of streams. */
const PRESENT = 0
const DATA = 1
const LENGTH = 2
const DICTIONARY = 3
const SECONDARY = 5

/** 2015-01-01, from which timestamps count, in seconds. */
const EPOCH = 1_420_070_400n

/** The streams and encodings of one stripe. */
export interface StripeColumns {
  readonly types: readonly OrcType[]
  stream(column: number, kind: number): OrcStream
  has(column: number, kind: number): boolean
  encoding(column: number): { readonly kind: number; readonly dictionarySize: number }
}

/** The values of a column of a stripe, one after another, as text; NULL is null, and what is nested JSON. */
export type ColumnReader = () => string | null

/** Kinds of types, by number (https://orc.apache.org/specification/ORCv1/#type-information). */
const SCALARS: Readonly<Record<number, LogicalType['kind']>> = {
  ...{ 0: 'boolean', 1: 'int8', 2: 'int16', 3: 'int32', 4: 'int64', 5: 'float32', 6: 'float64', 7: 'text' },
  ...{ 8: 'bytes', 9: 'timestamp', 15: 'date', 16: 'text', 17: 'text', 18: 'timestamptz' },
}

export function orcLogicalType({ kind, precision, scale }: OrcType): LogicalType {
  if (kind === 14)
    return precision >= 1 && precision <= 38 ? { kind: 'decimal', precision, scale } : { kind: 'text' }
  const scalar = SCALARS[kind]
  return scalar === undefined || scalar === 'decimal' ? { kind: 'json' } : { kind: scalar }
}

/** A reader of a column and all below it. Throws OrcDefect, as the reader does. */
export function columnReader(stripe: StripeColumns, column: number): ColumnReader {
  const type = stripe.types[column]
  if (type === undefined) throw new OrcDefect('its types are not a tree')
  const read = valueReader(stripe, column, type)
  if (!stripe.has(column, PRESENT)) return read
  const present = new BitRuns(stripe.stream(column, PRESENT))
  return () => (present.next() ? read() : null)
}

function valueReader(stripe: StripeColumns, column: number, type: OrcType): ColumnReader {
  const version = stripe.encoding(column).kind >= 2 ? 2 : 1
  const stream = (kind: number) => stripe.stream(column, kind)
  const numbers = (kind: number, signed: boolean) => new NumberRuns(stream(kind), signed, version)
  switch (type.kind) {
    case 0: {
      const bits = new BitRuns(stream(DATA))
      return () => String(bits.next())
    }
    case 1: {
      const bytes = new ByteRuns(stream(DATA))
      return () => String((bytes.next() << 24) >> 24)
    }
    case 2:
    case 3:
    case 4: {
      const data = numbers(DATA, true)
      return () => String(data.next())
    }
    case 5: {
      const data = stream(DATA)
      return () => floatText(data.take(4).readFloatLE(0))
    }
    case 6: {
      const data = stream(DATA)
      return () => doubleText(data.take(8).readDoubleLE(0))
    }
    case 7:
    case 16:
    case 17:
      return textReader(stripe, column, version)
    case 8: {
      const [data, lengths] = [stream(DATA), numbers(LENGTH, false)]
      return () => `\\x${data.take(lengths.size()).toString('hex')}`
    }
    case 9:
    case 18:
      return momentReader(numbers(DATA, true), numbers(SECONDARY, false), type.kind === 18 ? 'Z' : '')
    case 14: {
      const [data, scales] = [stream(DATA), numbers(SECONDARY, true)]
      return () => scaled(zigZag(data.varint()), Number(scales.next()))
    }
    case 15: {
      const data = numbers(DATA, true)
      return () => civilDate(data.next())
    }
    default:
      return nestedReader(stripe, column, type, numbers)
  }
}

function textReader(stripe: StripeColumns, column: number, version: 1 | 2): ColumnReader {
  const lengths = new NumberRuns(stripe.stream(column, LENGTH), false, version)
  const { kind, dictionarySize } = stripe.encoding(column)
  if (kind === 0 || kind === 2) {
    const data = stripe.stream(column, DATA)
    return () => text(data.take(lengths.size()))
  }
  const content = dictionarySize === 0 ? undefined : stripe.stream(column, DICTIONARY)
  const words = Array.from({ length: dictionarySize }, () => {
    const size = lengths.size()
    return size === 0 || content === undefined ? '' : text(content.take(size))
  })
  const indexes = new NumberRuns(stripe.stream(column, DATA), false, version)
  return () => {
    const word = words[indexes.size()]
    if (word === undefined) throw new OrcDefect('a word is not in its dictionary')
    return word
  }
}

function text(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new OrcDefect('a text is not UTF-8')
  return bytes.toString('utf8')
}

/** Seconds since 2015, and nanoseconds with their trailing zeros counted. Before 1970 writers round the seconds towards zero. */
function momentReader(seconds: NumberRuns, nanos: NumberRuns, zone: string): ColumnReader {
  return () => {
    // Arrow writes the rest of a second before 1970 as a negative number.
    const written = BigInt.asIntN(64, nanos.next())
    const zeros = Number(written & 7n)
    const rest = zeros === 0 ? written >> 3n : (written >> 3n) * 10n ** BigInt(zeros + 1)
    const whole = seconds.next() + EPOCH
    const second = whole < 0n && rest > 999_999n ? whole - 1n : whole
    const micros = second * 1_000_000n + rest / 1000n
    const fine =
      rest % 1000n === 0n
        ? ''
        : String(rest % 1000n)
            .replace('-', '')
            .padStart(3, '0')
    const stamp = timestampText(micros)
    // More digits than a timestamp has are for the reading to refuse.
    return fine === ''
      ? `${stamp}${zone}`
      : `${stamp.includes('.') ? stamp : `${stamp}.000000`}${fine}${zone}`
  }
}

function scaled(unscaled: bigint, scale: number): string {
  if (scale < 0) return String(unscaled * 10n ** BigInt(Math.min(-scale, 100)))
  return decimalText(unscaled, Math.min(scale, 100))
}

function nestedReader(
  stripe: StripeColumns,
  column: number,
  type: OrcType,
  numbers: (kind: number, signed: boolean) => NumberRuns,
): ColumnReader {
  const children = type.children.map((child) => {
    if (child <= column) throw new OrcDefect('its types are not a tree')
    return jsonReader(stripe, child)
  })
  switch (type.kind) {
    case 10: {
      const lengths = numbers(LENGTH, false)
      return () => `[${Array.from({ length: lengths.size() }, () => children[0]!()).join(',')}]`
    }
    case 11: {
      const lengths = numbers(LENGTH, false)
      const [key, value] = children
      return () => {
        const count = lengths.size()
        const keys = Array.from({ length: count }, () => key!())
        const values = Array.from({ length: count }, () => value!())
        if (new Set(keys).size < count) throw new OrcDefect('a map has a key twice')
        return `{${keys.map((name, index) => `${asKey(name)}:${values[index]}`).join(',')}}`
      }
    }
    case 12:
      return () =>
        `{${type.names.map((name, index) => `${JSON.stringify(name)}:${children[index]!()}`).join(',')}}`
    case 13: {
      const tags = new ByteRuns(stripe.stream(column, DATA))
      return () => {
        const child = children[tags.next()]
        if (child === undefined) throw new OrcDefect('a union has no such branch')
        return child()
      }
    }
    default:
      throw new OrcDefect('a type is not known')
  }
}

function asKey(json: string): string {
  return json.startsWith('"') ? json : JSON.stringify(json)
}

function jsonReader(stripe: StripeColumns, column: number): () => string {
  const read = columnReader(stripe, column)
  const { kind } = orcLogicalType(stripe.types[column]!)
  if (kind === 'json') return () => read() ?? 'null'
  const isNumber = /^(?:boolean|int\d+|decimal)$/.test(kind)
  const mayBeNumber = kind === 'float32' || kind === 'float64'
  return () => {
    const value = read()
    if (value === null) return 'null'
    return isNumber || (mayBeNumber && /^-?\d/.test(value)) ? value : JSON.stringify(value)
  }
}
