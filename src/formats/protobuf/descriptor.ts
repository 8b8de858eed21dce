import { type WireField, wireFields } from './wire.ts'

/** A message type of a descriptor set. */
export interface MessageType {
  readonly name: string
  readonly fields: readonly MessageField[]
  /** The type is made by the compiler for the entries of a map. */
  readonly mapEntry: boolean
}

export interface MessageField {
  readonly name: string
  readonly number: number
  /** `FieldDescriptorProto.Type`. */
  readonly type: number
  /** Of a message or enum: its full name. */
  readonly typeName: string
  readonly repeated: boolean
  /** A field that is not written has its type's zero, and is not missing. */
  readonly implicit: boolean
}

/** What a `FileDescriptorSet` describes. */
export interface Descriptors {
  readonly messages: ReadonlyMap<string, MessageType>
  readonly enums: ReadonlyMap<string, ReadonlyMap<bigint, string>>
}

/**
 * Reads a descriptor set as `protoc --descriptor_set_out --include_imports` writes it
 * (https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/descriptor.proto). Throws WireDefect.
 */
export function readDescriptors(bytes: Buffer): Descriptors {
  const messages = new Map<string, MessageType>()
  const enums = new Map<string, ReadonlyMap<bigint, string>>()
  for (const file of nested(fieldsOf(bytes), 1)) {
    const scope = textOf(file, 2)
    const implicit = textOf(file, 12) === 'proto3'
    for (const message of nested(file, 4)) addMessage(message, scope, implicit, messages, enums)
    for (const each of nested(file, 5)) addEnum(each, scope, enums)
  }
  return { messages, enums }
}

type Fields = readonly WireField[]

function addMessage(
  message: Fields,
  scope: string,
  implicit: boolean,
  messages: Map<string, MessageType>,
  enums: Map<string, ReadonlyMap<bigint, string>>,
): void {
  const name = qualified(scope, textOf(message, 1))
  const [options = []] = nested(message, 7)
  const fields = nested(message, 2).map((field): MessageField => {
    const repeated = numberOf(field, 4) === 3n
    const oneOf = field.some(({ number }) => number === 9) || numberOf(field, 17) === 1n
    const type = Number(numberOf(field, 5))
    return {
      ...{ name: textOf(field, 1), number: Number(numberOf(field, 3)), type, repeated },
      typeName: textOf(field, 6).replace(/^\./, ''),
      implicit: implicit && !repeated && !oneOf && type !== 11,
    }
  })
  messages.set(name, { name, fields, mapEntry: numberOf(options, 7) === 1n })
  for (const inner of nested(message, 3)) addMessage(inner, name, implicit, messages, enums)
  for (const inner of nested(message, 4)) addEnum(inner, name, enums)
}

function addEnum(each: Fields, scope: string, enums: Map<string, ReadonlyMap<bigint, string>>): void {
  const values = nested(each, 2).map(
    (value) => [BigInt.asIntN(32, numberOf(value, 2)), textOf(value, 1)] as const,
  )
  // Of two names for one number the first counts.
  enums.set(qualified(scope, textOf(each, 1)), new Map(values.toReversed()))
}

function qualified(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`
}

function fieldsOf(bytes: Buffer): Fields {
  return [...wireFields(bytes)]
}

function nested(fields: Fields, number: number): readonly Fields[] {
  return fields.flatMap(({ number: found, value }) =>
    found === number && typeof value !== 'bigint' ? [fieldsOf(value)] : [],
  )
}

function textOf(fields: Fields, number: number): string {
  const value = fields.findLast((field) => field.number === number)?.value
  return value === undefined || typeof value === 'bigint' ? '' : value.toString('utf8')
}

function numberOf(fields: Fields, number: number): bigint {
  const value = fields.findLast((field) => field.number === number)?.value
  return typeof value === 'bigint' ? value : 0n
}
