import { isJsonObject, type Json, type JsonObject, member } from '../../api-manifest/json.ts'
import type { Field } from '../../batch/logical-type.ts'
import { logicalTypeName } from '../../batch/logical-type-name.ts'
import { parseLogicalType } from '../../batch/parse-logical-type.ts'
import { parseJson } from '../records/parse-json.ts'
import { jsonText } from '../records/sorted-json.ts'

/** How far one stream of a tap is read. */
export interface TapPosition {
  /** The reading it is of: the same rows in another reading are other rows. */
  readonly read: string
  readonly part: number
  /** Which of the positions of all the tap's streams is the later one. */
  readonly order: number
  /** The tap's own state, as it was when all records before it had come. */
  readonly state: JsonObject
  /** Whether records came for which the tap has told no state yet: they are read again. */
  readonly isOpen: boolean
  /** Columns that no schema told of. */
  readonly found: readonly Field[]
  /** Of a table that the tap reads as a whole: which reading of it. */
  readonly version: number | undefined
}

export function formatTapPosition(position: TapPosition): string {
  const { read, part, order, state, isOpen, found, version } = position
  const columns = Object.fromEntries(found.map(({ name, type }) => [name, logicalTypeName(type)]))
  return jsonText({
    read,
    part,
    order,
    state,
    ...(isOpen ? { open: true } : {}),
    ...(found.length > 0 ? { columns } : {}),
    ...(version === undefined ? {} : { version }),
  })
}

/** Undefined for what is no position of a tap's stream, and before the first. */
export function parseTapPosition(text: string | null): TapPosition | undefined {
  const value = text === null || text === '' ? null : parse(text)
  if (!isJsonObject(value)) return undefined
  const state = member(value, 'state')
  const columns = member(value, 'columns')
  const version = member(value, 'version')
  if (!isJsonObject(state)) return undefined
  return {
    read: String(member(value, 'read') ?? ''),
    part: Number(member(value, 'part') ?? 0),
    order: Number(member(value, 'order') ?? 0),
    state,
    isOpen: member(value, 'open') === true,
    found: Object.entries(isJsonObject(columns) ? columns : {}).flatMap(([name, type]) => {
      const known = typeof type === 'string' ? parseLogicalType(type) : undefined
      return known === undefined ? [] : [{ name, type: known }]
    }),
    version: version === undefined ? undefined : Number(version),
  }
}

function parse(text: string): Json {
  try {
    return parseJson(text)
  } catch {
    return null
  }
}
