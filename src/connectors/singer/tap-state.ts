import { isJsonObject, type Json, type JsonObject, member, put } from '../../api-manifest/json.ts'
import type { TapPosition } from './tap-position.ts'

/** A stream by the name its tap has for it, and how far it was read. */
export interface ReadStream {
  readonly id: string
  readonly position: TapPosition | undefined
}

/**
 * The state that a tap goes on from, of streams that may have come to different places: each is loaded on its own, and one
 * of them may have failed.
 *
 * By custom a state has a bookmark per stream: each stream gets its own, and one that was never read none. Of a state of
 * another form the earliest is taken: what other streams have from behind it comes once more.
 */
export function stateToStartFrom(streams: readonly ReadStream[]): JsonObject {
  const positions = streams.flatMap(({ position }) => (position === undefined ? [] : [position]))
  const ordered = positions.toSorted((a, b) => a.order - b.order)
  const newest = ordered.at(-1)
  if (newest === undefined) return {}
  const bookmarks = member(newest.state, 'bookmarks')
  if (!isJsonObject(bookmarks)) return positions.length < streams.length ? {} : ordered[0]!.state
  const merged: JsonObject = {}
  const own = new Map(streams.map(({ id, position }) => [id, position && bookmarkOf(position.state, id)]))
  for (const [id, bookmark] of Object.entries(bookmarks)) {
    if (!own.has(id)) put(merged, id, bookmark)
  }
  for (const [id, bookmark] of own) if (bookmark !== undefined) put(merged, id, bookmark)
  return { ...newest.state, bookmarks: merged }
}

/** What of a state is about one stream; all of it where it is of no customary form. */
export function partOfState(state: JsonObject, id: string): Json {
  return isJsonObject(member(state, 'bookmarks')) ? (bookmarkOf(state, id) ?? null) : state
}

function bookmarkOf(state: JsonObject, id: string): Json | undefined {
  const bookmarks = member(state, 'bookmarks')
  return isJsonObject(bookmarks) ? member(bookmarks, id) : undefined
}
