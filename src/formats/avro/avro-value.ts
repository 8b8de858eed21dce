import type { LogicalType } from '../../batch/logical-type.ts'
import { doubleText, floatText } from '../number-text.ts'
import { civilDate, decimalText, timestampText, timeText } from '../time-text.ts'
import type { AvroBytes } from './avro-bytes.ts'
import { AvroDefect } from './avro-defect.ts'
import type { AvroLogical, AvroType } from './avro-schema.ts'

/** How a schema's values become texts of a logical type. */
export interface AvroColumn {
  readonly type: LogicalType
  /** The text of the next value, or null. */
  read(bytes: AvroBytes): string | null
}

/** The column of a field: a union of null and one type is that type, nested values and other unions are JSON. */
export function avroColumn(type: AvroType): AvroColumn {
  if (type.kind === 'union') {
    const nullable = nullableColumn(type.branches)
    if (nullable !== undefined) return nullable
  }
  const scalar = scalarColumn(type)
  if (scalar !== undefined) return scalar
  return { type: { kind: 'json' }, read: (bytes) => absent(jsonValue(type, bytes, 0)) }
}

function absent(json: string): string | null {
  return json === 'null' ? null : json
}

function nullableColumn(branches: readonly AvroType[]): AvroColumn | undefined {
  if (branches.length !== 2) return undefined
  const empty = branches.findIndex((branch) => branch.kind === 'null')
  if (empty === -1) return undefined
  const inner = avroColumn(branches[1 - empty]!)
  return {
    type: inner.type,
    read(bytes) {
      const branch = bytes.size()
      if (branch > 1) throw new AvroDefect('a union has no such branch')
      return branch === empty ? null : inner.read(bytes)
    },
  }
}

function scalarColumn(type: AvroType): AvroColumn | undefined {
  switch (type.kind) {
    case 'null':
      return { type: { kind: 'text' }, read: () => null }
    case 'boolean':
      return { type: { kind: 'boolean' }, read: (bytes) => String(truth(bytes)) }
    case 'int':
    case 'long':
      return wholeColumn(type.kind, type.logical)
    case 'float':
      return { type: { kind: 'float32' }, read: (bytes) => floatText(bytes.float()) }
    case 'double':
      return { type: { kind: 'float64' }, read: (bytes) => doubleText(bytes.double()) }
    case 'string':
      return { type: { kind: type.logical?.name === 'uuid' ? 'uuid' : 'text' }, read: text }
    case 'bytes':
      return binaryColumn(type.logical, (bytes) => bytes.bytes())
    case 'fixed':
      return binaryColumn(type.logical, (bytes) => bytes.take(type.size))
    case 'enum':
      return { type: { kind: 'text' }, read: (bytes) => symbol(type.symbols, bytes) }
    default:
      return undefined
  }
}

function wholeColumn(kind: 'int' | 'long', logical: AvroLogical | undefined): AvroColumn {
  const micros = (scale: bigint, zone: string): ((bytes: AvroBytes) => string) => {
    return (bytes) => `${timestampText(bytes.long() * scale)}${zone}`
  }
  switch (`${kind} ${logical?.name ?? ''}`) {
    case 'int date':
      return { type: { kind: 'date' }, read: (bytes) => civilDate(bytes.long()) }
    case 'int time-millis':
      return { type: { kind: 'time' }, read: (bytes) => timeText(bytes.long() * 1000n) }
    case 'long time-micros':
      return { type: { kind: 'time' }, read: (bytes) => timeText(bytes.long()) }
    case 'long timestamp-millis':
      return { type: { kind: 'timestamptz' }, read: micros(1000n, 'Z') }
    case 'long timestamp-micros':
      return { type: { kind: 'timestamptz' }, read: micros(1n, 'Z') }
    case 'long local-timestamp-millis':
      return { type: { kind: 'timestamp' }, read: micros(1000n, '') }
    case 'long local-timestamp-micros':
      return { type: { kind: 'timestamp' }, read: micros(1n, '') }
    default:
      return { type: { kind: kind === 'int' ? 'int32' : 'int64' }, read: (bytes) => String(bytes.long()) }
  }
}

function binaryColumn(logical: AvroLogical | undefined, take: (bytes: AvroBytes) => Buffer): AvroColumn {
  if (
    logical?.name === 'decimal' &&
    logical.precision >= 1 &&
    logical.precision <= 38 &&
    logical.scale <= logical.precision
  ) {
    const { precision, scale } = logical
    return {
      type: { kind: 'decimal', precision, scale },
      read: (bytes) => decimalText(signed(take(bytes)), scale),
    }
  }
  return { type: { kind: 'bytes' }, read: (bytes) => `\\x${take(bytes).toString('hex')}` }
}

/** Of two's complement, the most significant byte first. */
function signed(bytes: Buffer): bigint {
  if (bytes.length === 0) return 0n
  const value = BigInt(`0x${bytes.toString('hex')}`)
  return BigInt.asIntN(bytes.length * 8, value)
}

function truth(bytes: AvroBytes): boolean {
  const byte = bytes.byte()
  if (byte > 1) throw new AvroDefect('a boolean is neither true nor false')
  return byte === 1
}

function text(bytes: AvroBytes): string {
  const value = bytes.bytes()
  const read = value.toString('utf8')
  if (read.includes('\ufffd') && !Buffer.from(read).equals(value))
    throw new AvroDefect('a string is not UTF-8')
  return read
}

function symbol(symbols: readonly string[], bytes: AvroBytes): string {
  const found = symbols[bytes.size()]
  if (found === undefined) throw new AvroDefect('an enum has no such symbol')
  return found
}

const DEEPEST = 200

/** A value as JSON; its numbers to the digit, its bytes as hexadecimal text. */
function jsonValue(type: AvroType, bytes: AvroBytes, depth: number): string {
  if (depth > DEEPEST) throw new AvroDefect(`a value is nested deeper than ${DEEPEST}`)
  switch (type.kind) {
    case 'record': {
      const members = type.fields.map(
        (field) => `${JSON.stringify(field.name)}:${jsonValue(field.type, bytes, depth + 1)}`,
      )
      return `{${members.join(',')}}`
    }
    case 'array':
      return `[${[...blocks(bytes, () => jsonValue(type.items, bytes, depth + 1))].join(',')}]`
    case 'map': {
      const seen = new Set<string>()
      const entries = blocks(bytes, () => {
        const key = text(bytes)
        if (seen.has(key)) throw new AvroDefect('a map has a key twice')
        seen.add(key)
        return `${JSON.stringify(key)}:${jsonValue(type.items, bytes, depth + 1)}`
      })
      return `{${[...entries].join(',')}}`
    }
    case 'union': {
      const branch = type.branches[bytes.size()]
      if (branch === undefined) throw new AvroDefect('a union has no such branch')
      return jsonValue(branch, bytes, depth + 1)
    }
    default: {
      const column = scalarColumn(type)
      const value = column?.read(bytes) ?? null
      if (column === undefined || value === null) return 'null'
      return isJsonScalar(column.type, value) ? value : JSON.stringify(value)
    }
  }
}

function isJsonScalar({ kind }: LogicalType, value: string): boolean {
  if (kind === 'boolean' || kind === 'int32' || kind === 'int64' || kind === 'decimal') return true
  return (kind === 'float32' || kind === 'float64') && /^-?\d/.test(value)
}

/** The items of an array or map, block by block. Items without bytes could be without number: their count is bounded. */
function* blocks(bytes: AvroBytes, item: () => string): Generator<string> {
  for (let total = 0; ; ) {
    let count = bytes.long()
    if (count === 0n) return
    if (count < 0n) {
      count = -count
      bytes.long()
    }
    total += Number(count)
    if (total > MOST_ITEMS) throw new AvroDefect(`a list has more than ${MOST_ITEMS} items`)
    for (let index = 0n; index < count; index++) yield item()
  }
}

const MOST_ITEMS = 10_000_000
