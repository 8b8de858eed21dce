import { isUtf8 } from 'node:buffer'
import type { Place } from '../csv/csv-reader.ts'
import { JsonDefect, type JsonMember, JsonScanner } from './json-scanner.ts'

export interface JsonVisitor {
  /** A record: an object's text and its members. */
  record(text: string, members: readonly JsonMember[], place: Place): void
  /** A record that is not a JSON object, its bytes (at most `LONGEST_RAW` of them), and why. */
  reject(raw: Buffer, reason: string, place: Place): void
}

/** Why bytes are no record; `syntax` when they are not even JSON. */
export interface RecordDefect {
  readonly reason: string
  readonly syntax: boolean
}

/** Of a record that cannot be read, this many bytes are kept at most. */
export const LONGEST_RAW = 1 << 20

const scanner = new JsonScanner()

/** Gives the visitor the record that the bytes are, or returns what is wrong with them. */
export function visitJson(bytes: Buffer, place: Place, visitor: JsonVisitor): RecordDefect | undefined {
  if (!isUtf8(bytes)) return { reason: 'bytes that are not text in the encoding', syntax: true }
  const text = bytes.toString('utf8')
  let members: readonly JsonMember[]
  try {
    members = scanner.object(text)
  } catch (error) {
    if (!(error instanceof JsonDefect)) throw error
    const reason = error.syntax ? `not JSON at character ${error.at + 1}: ${error.message}` : error.message
    return { reason, syntax: error.syntax }
  }
  visitor.record(text, members, place)
  return undefined
}
