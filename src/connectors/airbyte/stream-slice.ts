import type { Json, JsonObject } from '../../api-manifest/json.ts'
import { fromHost } from '../../jinja/values/convert.ts'
import { PyDict } from '../../jinja/values/dict.ts'
import { sortedJson } from '../records/sorted-json.ts'
import type { Scope } from './interpolation/interpolation.ts'

/** What one round of requests is for: a partition of the stream, a stretch of its cursor, or both. */
export interface StreamSlice {
  readonly partition: JsonObject
  readonly cursor: JsonObject
  /** What came along from a parent and is no part of what the slice is known by. */
  readonly extra: JsonObject
}

export const WHOLE_STREAM: StreamSlice = Object.freeze({ partition: {}, cursor: {}, extra: {} })

/** A value of a slice by name; a partition's and a cursor's names do not overlap. */
export function sliceMember({ partition, cursor }: StreamSlice, name: string): Json | undefined {
  if (Object.hasOwn(cursor, name)) return cursor[name]
  return Object.hasOwn(partition, name) ? partition[name] : undefined
}

/** The names that templates see of a slice and of the page that is to be asked for. */
export function requestScope(slice: StreamSlice, token: Json | undefined): Scope {
  return {
    ...slice.extra,
    stream_slice: sliceValue(slice),
    next_page_token: token === undefined ? null : { next_page_token: token },
  }
}

/** A slice as templates see it: its values by name, and its parts. */
export function sliceValue({ partition, cursor, extra }: StreamSlice): PyDict {
  const parts = { partition, cursor_slice: cursor, extra_fields: extra }
  return PyDict.of(
    Object.entries({ ...parts, ...partition, ...cursor }).map(([name, value]) => [name, fromHost(value)]),
  )
}

/** What tells one partition from another, whatever order its names are in. */
export function partitionKey(partition: JsonObject): string {
  return sortedJson(partition)
}
