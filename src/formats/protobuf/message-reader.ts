import { isUtf8 } from 'node:buffer'
import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { doubleText, floatText } from '../number-text.ts'
import type { Cell } from '../records/decoded-record.ts'
import { timestampText } from '../time-text.ts'
import type { Descriptors, MessageField, MessageType } from './descriptor.ts'
import { WireDefect, type WireField, WireReader, wireFields, zigZag } from './wire.ts'

const DEEPEST = 100
const MESSAGE = 11
const ENUM = 14
const TIMESTAMP = 'google.protobuf.Timestamp'
const WRAPPER = /^google\.protobuf\.(?:Double|Float|U?Int(?:32|64)|Bool|String|Bytes)Value$/

/** `FieldDescriptorProto.Type` by number. */
const TYPES: Readonly<Record<number, LogicalType['kind']>> = {
  ...{
    1: 'float64',
    2: 'float32',
    3: 'int64',
    4: 'uint64',
    5: 'int32',
    6: 'uint64',
    7: 'uint32',
    8: 'boolean',
  },
  ...{ 9: 'text', 12: 'bytes', 13: 'uint32', 14: 'text', 15: 'int32', 16: 'int64', 17: 'int32', 18: 'int64' },
}

/** Reads messages of one type as records. */
export class MessageReader {
  readonly #descriptors: Descriptors
  readonly #message: MessageType

  constructor(descriptors: Descriptors, message: MessageType) {
    this.#descriptors = descriptors
    this.#message = message
  }

  /** Columns in the order of the type: what is repeated, a map or a message is JSON. */
  get fields(): readonly Field[] {
    return this.#message.fields.map((field) => ({ name: field.name, type: this.#columnType(field) }))
  }

  /** The cells of one message, in the order of `fields`. Throws WireDefect. */
  cells(bytes: Buffer): readonly Cell[] {
    const written = this.#group(bytes, this.#message)
    return this.#message.fields.map((field) => this.#cell(field, written.get(field.number)))
  }

  #columnType(field: MessageField): LogicalType {
    if (field.repeated) return { kind: 'json' }
    if (field.type !== MESSAGE) return logicalType(field.type)
    if (field.typeName === TIMESTAMP) return { kind: 'timestamptz' }
    const wrapped = this.#wrapped(field)
    return wrapped === undefined ? { kind: 'json' } : logicalType(wrapped.type)
  }

  #cell(field: MessageField, written: readonly WireField[] | undefined): Cell {
    const type = this.#columnType(field)
    if (type.kind === 'json') {
      const text = this.#json(field, written, 0)
      return text === 'null' ? null : { kind: 'json', text }
    }
    if (field.type !== MESSAGE) return this.#scalar(field, written)
    if (written === undefined) return null
    const bytes = joined(written)
    if (field.typeName === TIMESTAMP) return timestamp(bytes)
    const wrapped = this.#wrapped(field)!
    const inner = this.#group(bytes, this.#type(field))
    return this.#scalar({ ...wrapped, implicit: true }, inner.get(wrapped.number))
  }

  /** A scalar's text; the last one written counts. */
  #scalar(field: MessageField, written: readonly WireField[] | undefined): string | null {
    const last = written?.at(-1)
    if (last !== undefined) return this.#text(field, last)
    if (!field.implicit) return null
    return field.type === ENUM ? this.#enumName(field, 0n) : zero(field.type)
  }

  #json(field: MessageField, written: readonly WireField[] | undefined, depth: number): string {
    if (depth > DEEPEST) throw new WireDefect(`messages are nested deeper than ${DEEPEST}`)
    if (!field.repeated) {
      if (field.type !== MESSAGE) {
        const text = this.#scalar(field, written)
        return text === null ? 'null' : jsonScalar(field.type, text)
      }
      return written === undefined ? 'null' : this.#messageJson(field, joined(written), depth)
    }
    if (field.type !== MESSAGE) {
      const items = (written ?? []).flatMap((one) => [...unpacked(field.type, one)])
      return `[${items.map((one) => jsonScalar(field.type, this.#text(field, one))).join(',')}]`
    }
    const type = this.#type(field)
    if (!type.mapEntry) {
      return `[${(written ?? []).map((one) => this.#messageJson(field, bytesOf(one), depth)).join(',')}]`
    }
    const [key, value] = [1, 2].map((number) => type.fields.find((each) => each.number === number))
    if (key === undefined || value === undefined)
      throw new WireDefect('a map has entries without key or value')
    const entries = new Map<string, string>()
    for (const one of written ?? []) {
      const entry = this.#group(bytesOf(one), type)
      const name = this.#scalar({ ...key, implicit: true }, entry.get(1)) ?? ''
      const present = value.type === MESSAGE && entry.get(2) === undefined
      const text = present ? '{}' : this.#json({ ...value, implicit: true }, entry.get(2), depth + 1)
      entries.set(name, text)
    }
    return `{${[...entries].map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`
  }

  #messageJson(field: MessageField, bytes: Buffer, depth: number): string {
    if (field.typeName === TIMESTAMP) return JSON.stringify(timestamp(bytes))
    const type = this.#type(field)
    const written = this.#group(bytes, type)
    const wrapped = this.#wrapped(field)
    if (wrapped !== undefined)
      return this.#json({ ...wrapped, implicit: true }, written.get(wrapped.number), depth + 1)
    const members = type.fields.map(
      (each) => `${JSON.stringify(each.name)}:${this.#json(each, written.get(each.number), depth + 1)}`,
    )
    return `{${members.join(',')}}`
  }

  #text(field: MessageField, { wire, value }: WireField): string {
    if (typeof value !== 'bigint') {
      if (field.type === 12) return `\\x${value.toString('hex')}`
      if (field.type !== 9) throw new WireDefect('a field is written as another type')
      if (!isUtf8(value)) throw new WireDefect('a string is not UTF-8')
      return value.toString('utf8')
    }
    if (wire !== wireOf(field.type)) throw new WireDefect('a field is written as another type')
    return field.type === ENUM
      ? this.#enumName(field, BigInt.asIntN(32, value))
      : numberText(field.type, value)
  }

  #enumName({ typeName }: MessageField, value: bigint): string {
    return this.#descriptors.enums.get(typeName)?.get(value) ?? String(value)
  }

  /** The value's field of a wrapper type, which only says whether there is a value. */
  #wrapped({ typeName }: MessageField): MessageField | undefined {
    return WRAPPER.test(typeName) ? this.#descriptors.messages.get(typeName)?.fields[0] : undefined
  }

  #type({ typeName }: MessageField): MessageType {
    const type = this.#descriptors.messages.get(typeName)
    if (type === undefined) throw new WireDefect(`the descriptor lacks the type ${typeName}`)
    return type
  }

  /** What is written of each field. A field that the descriptor lacks would be lost in silence. */
  #group(bytes: Buffer, type: MessageType): ReadonlyMap<number, WireField[]> {
    const known = new Set(type.fields.map(({ number }) => number))
    const written = new Map<number, WireField[]>()
    for (const field of wireFields(bytes)) {
      if (!known.has(field.number)) {
        throw new WireDefect(`a field that the descriptor does not know: ${type.name} ${field.number}`)
      }
      const same = written.get(field.number)
      if (same === undefined) written.set(field.number, [field])
      else same.push(field)
    }
    return written
  }
}

function logicalType(type: number): LogicalType {
  const kind = TYPES[type]
  if (kind === undefined || kind === 'decimal')
    throw new WireDefect('a field is of a type that cannot be read')
  return { kind }
}

/** How a type is written when it is not packed. */
function wireOf(type: number): WireField['wire'] {
  if (type === 1 || type === 6 || type === 16) return 1
  if (type === 2 || type === 7 || type === 15) return 5
  return type === 9 || type === 11 || type === 12 ? 2 : 0
}

/** The values of a repeated field, which numbers may have packed into one piece. */
function* unpacked(type: number, field: WireField): Generator<WireField> {
  const wire = wireOf(type)
  if (wire === 2 || typeof field.value === 'bigint') {
    yield field
    return
  }
  const reader = new WireReader(field.value)
  while (!reader.done) {
    const value =
      wire === 0
        ? reader.varint()
        : wire === 1
          ? reader.take(8).readBigUInt64LE(0)
          : BigInt(reader.take(4).readUInt32LE(0))
    yield { number: field.number, wire, value }
  }
}

function numberText(type: number, value: bigint): string {
  switch (type) {
    case 1:
      return doubleText(bits(value, 8).readDoubleLE(0))
    case 2:
      return floatText(bits(value, 4).readFloatLE(0))
    case 8:
      return value === 0n ? 'false' : 'true'
    case 3:
    case 16:
      return String(BigInt.asIntN(64, value))
    case 5:
    case 15:
      return String(BigInt.asIntN(32, value))
    case 17:
      return String(BigInt.asIntN(32, zigZag(value)))
    case 18:
      return String(zigZag(value))
    case 7:
    case 13:
      return String(BigInt.asUintN(32, value))
    default:
      return String(value)
  }
}

function bits(value: bigint, size: 4 | 8): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return bytes.subarray(0, size)
}

function zero(type: number): string {
  if (type === 9) return ''
  if (type === 12) return '\\x'
  return type === 8 ? 'false' : '0'
}

function jsonScalar(type: number, text: string): string {
  const number = type !== 9 && type !== 12 && type !== ENUM
  return number && (type === 8 || /^-?\d/.test(text)) ? text : JSON.stringify(text)
}

/** Pieces of one message are one message. */
function joined(written: readonly WireField[]): Buffer {
  return written.length === 1 ? bytesOf(written[0]!) : Buffer.concat(written.map(bytesOf))
}

function bytesOf({ value }: WireField): Buffer {
  if (typeof value === 'bigint') throw new WireDefect('a field is written as another type')
  return value
}

function timestamp(bytes: Buffer): string {
  let [seconds, nanos] = [0n, 0n]
  for (const { number, value } of wireFields(bytes)) {
    if (typeof value !== 'bigint') throw new WireDefect('a time is not one')
    if (number === 1) seconds = BigInt.asIntN(64, value)
    else if (number === 2) nanos = BigInt.asIntN(32, value)
  }
  if (nanos < 0n || nanos > 999_999_999n) throw new WireDefect('a time is not one')
  if (nanos % 1000n !== 0n) throw new WireDefect('a time finer than microseconds')
  return `${timestampText(seconds * 1_000_000n + nanos / 1000n)}Z`
}
