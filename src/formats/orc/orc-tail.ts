import type { FileHandle } from 'node:fs/promises'
import { WireDefect, type WireField, WireReader, wireFields } from '../protobuf/wire.ts'
import { OrcDefect } from './orc-defect.ts'
import { isReadable, type OrcCompression, OrcStream } from './orc-stream.ts'

/** A node of the tree of types, by its number. */
export interface OrcType {
  /** `Type.Kind` of the specification. */
  readonly kind: number
  readonly children: readonly number[]
  readonly names: readonly string[]
  readonly precision: number
  readonly scale: number
}

export interface OrcStripe {
  readonly offset: number
  readonly indexLength: number
  readonly dataLength: number
  readonly footerLength: number
  readonly rows: number
}

export interface OrcTail {
  readonly compression: OrcCompression
  readonly types: readonly OrcType[]
  readonly stripes: readonly OrcStripe[]
  readonly rows: number
}

/** What the columns of a stripe are written in. */
export interface StripeFooter {
  readonly streams: readonly { readonly kind: number; readonly column: number; readonly length: number }[]
  readonly encodings: readonly { readonly kind: number; readonly dictionarySize: number }[]
  readonly zone: string
}

const LARGEST = 256 << 20

/**
 * Reads the end of a file (https://orc.apache.org/specification/ORCv1/#file-tail). Throws OrcDefect; `unreadable` hears of what is ORC and
 * cannot be read.
 */
export async function readTail(handle: FileHandle, unreadable: (what: string) => Error): Promise<OrcTail> {
  const { size } = await handle.stat()
  const end = await readAt(handle, Math.max(0, size - 256), Math.min(256, size))
  const length = end.at(-1) ?? 0
  if (length + 1 > end.length) throw new OrcDefect('not an ORC file')
  const post = fieldsOf(end.subarray(end.length - 1 - length, end.length - 1))
  if (textOf(post, 8000) !== 'ORC') throw new OrcDefect('not an ORC file')
  const compression = { kind: numberOf(post, 2), blockSize: numberOf(post, 3) }
  if (!isReadable(compression)) throw unreadable('compressed with LZO or brotli')
  if (compression.blockSize > LARGEST) throw new OrcDefect('its blocks are larger than 256 MiB')
  const footerLength = numberOf(post, 1)
  const start = size - 1 - length - footerLength
  if (start < 0 || footerLength > LARGEST) throw new OrcDefect('its footer is not where it should be')
  const footer = fieldsOf(new OrcStream(await readAt(handle, start, footerLength), compression).rest())
  if (nested(footer, 10).length > 0) throw unreadable('encrypted in some columns')
  const types = nested(footer, 4).map((type) => ({
    ...{ kind: numberOf(type, 1), children: numbersOf(type, 2), names: textsOf(type, 3) },
    ...{ precision: numberOf(type, 5), scale: numberOf(type, 6) },
  }))
  const stripes = nested(footer, 3).map((stripe) => {
    const [offset, indexLength, dataLength, length, rows] = [1, 2, 3, 4, 5].map((number) =>
      numberOf(stripe, number),
    )
    if (offset! + indexLength! + dataLength! + length! > size)
      throw new OrcDefect('a stripe lies behind its end')
    return {
      offset: offset!,
      indexLength: indexLength!,
      dataLength: dataLength!,
      footerLength: length!,
      rows: rows!,
    }
  })
  const rows = numberOf(footer, 6)
  if (stripes.reduce((sum, stripe) => sum + stripe.rows, 0) !== rows)
    throw new OrcDefect('its stripes have other rows than it says')
  return { compression, types, stripes, rows }
}

/** Reads the footer of a stripe. Throws OrcDefect. */
export async function readStripeFooter(
  handle: FileHandle,
  { offset, indexLength, dataLength, footerLength }: OrcStripe,
  compression: OrcCompression,
): Promise<StripeFooter> {
  if (footerLength > LARGEST) throw new OrcDefect('a stripe footer is larger than 256 MiB')
  const bytes = await readAt(handle, offset + indexLength + dataLength, footerLength)
  const footer = fieldsOf(new OrcStream(bytes, compression).rest())
  return {
    streams: nested(footer, 1).map((stream) => ({
      ...{ kind: numberOf(stream, 1), column: numberOf(stream, 2), length: numberOf(stream, 3) },
    })),
    encodings: nested(footer, 2).map((each) => ({
      kind: numberOf(each, 1),
      dictionarySize: numberOf(each, 2),
    })),
    zone: textOf(footer, 3),
  }
}

export async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, position)
  if (bytesRead < length) throw new OrcDefect('it is cut')
  return buffer
}

type Fields = readonly WireField[]

function fieldsOf(bytes: Buffer): Fields {
  try {
    return [...wireFields(bytes)]
  } catch (error) {
    throw error instanceof WireDefect ? new OrcDefect('its metadata is damaged') : error
  }
}

function nested(fields: Fields, number: number): readonly Fields[] {
  return pieces(fields, number).map(fieldsOf)
}

function pieces(fields: Fields, number: number): readonly Buffer[] {
  return fields.flatMap((field) =>
    field.number === number && typeof field.value !== 'bigint' ? [field.value] : [],
  )
}

function textsOf(fields: Fields, number: number): readonly string[] {
  return pieces(fields, number).map((piece) => piece.toString('utf8'))
}

function textOf(fields: Fields, number: number): string {
  return textsOf(fields, number).at(-1) ?? ''
}

function numberOf(fields: Fields, number: number): number {
  const value = fields.findLast((field) => field.number === number)?.value
  if (value === undefined || typeof value !== 'bigint') return 0
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new OrcDefect('its metadata is damaged')
  return Number(value)
}

/** A repeated number, packed or not. */
function numbersOf(fields: Fields, number: number): readonly number[] {
  return fields.flatMap((field) => {
    if (field.number !== number) return []
    if (typeof field.value === 'bigint') return [Number(field.value)]
    const reader = new WireReader(field.value)
    const numbers: number[] = []
    while (!reader.done) numbers.push(Number(reader.varint()))
    return numbers
  })
}
