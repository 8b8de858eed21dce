import { isJsonObject, type Json, type JsonObject, member } from '../../api-manifest/json.ts'
import type { Field } from '../../batch/logical-type.ts'
import { logicalTypeName } from '../../batch/logical-type-name.ts'
import { parseLogicalType } from '../../batch/parse-logical-type.ts'
import { parseJson } from '../records/parse-json.ts'
import { jsonText } from '../records/sorted-json.ts'

/** How far a stream is read. */
export interface ApiPosition {
  /** The read it is of: the same rows in another read are other rows. */
  readonly read: string
  readonly part: number
  /** The manifest's own state: what a next read begins with. */
  readonly state: JsonObject
  /** Whether records of a slice came whose end is not reached: such a slice is read again from its beginning. */
  readonly isOpen: boolean
  /** Columns that no schema told of. */
  readonly found: readonly Field[]
}

export function formatPosition({ read, part, state, isOpen, found }: ApiPosition): string {
  const columns = Object.fromEntries(found.map(({ name, type }) => [name, logicalTypeName(type)]))
  return jsonText({
    read,
    part,
    state,
    ...(isOpen ? { open: true } : {}),
    ...(found.length > 0 ? { columns } : {}),
  })
}

/** Undefined for what is no position of an API's stream, and before the first. */
export function parsePosition(text: string | null): ApiPosition | undefined {
  const value = text === null || text === '' ? null : parse(text)
  if (!isJsonObject(value)) return undefined
  const state = member(value, 'state')
  const columns = member(value, 'columns')
  if (!isJsonObject(state)) return undefined
  const found = Object.entries(isJsonObject(columns) ? columns : {}).flatMap(([name, type]) => {
    const known = typeof type === 'string' ? parseLogicalType(type) : undefined
    return known === undefined ? [] : [{ name, type: known }]
  })
  const isOpen = member(value, 'open') === true
  return { read: String(value['read'] ?? ''), part: Number(value['part'] ?? 0), state, isOpen, found }
}

function parse(text: string): Json {
  try {
    return parseJson(text)
  } catch {
    return null
  }
}
