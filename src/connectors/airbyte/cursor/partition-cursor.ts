import { copyJson, isJsonObject, type Json, type JsonObject, member } from '../../../api-manifest/json.ts'
import { mergeParts } from '../roles/merge-parts.ts'
import type { RequestParts } from '../roles/request-parts.ts'
import type { PartitionRouter } from '../roles/roles.ts'
import { partitionKey, type StreamSlice } from '../stream-slice.ts'
import type { Cursor } from './cursor.ts'

/** A cursor along one partition. */
export interface InnerCursor extends Cursor {
  cursorSlices(): Iterable<StreamSlice>
}

export interface PartitionCursorOptions {
  readonly router: PartitionRouter
  readonly field: string
  /** Makes the cursor of one partition. @param lookbackSeconds how far before its state it begins */
  readonly inner: (state: JsonObject, lookbackSeconds: number) => InnerCursor
  /** A value of the field as a state holds it; undefined for what is none. */
  readonly normalize: (value: Json) => Json | undefined
  /** Whether one cursor stands for all partitions from the start. */
  readonly isGlobal: boolean
}

/** With more partitions than this one cursor stands for all: their states would outgrow what they save. */
const MOST_PARTITIONS = 10_000

/**
 * A cursor per partition. Partitions that a state does not know begin at the greatest value of all, less the time the
 * last read took: they may have come while it ran.
 */
export class PartitionCursor implements Cursor {
  readonly field: string
  readonly isResumable = true
  readonly #options: PartitionCursorOptions
  readonly #cursors = new Map<string, { readonly partition: JsonObject; readonly cursor: InnerCursor }>()
  readonly #seen = new Set<string>()
  #isGlobal: boolean
  #global: JsonObject | undefined
  #nextGlobal: JsonObject | undefined
  #lookbackSeconds = 0
  #parentState: JsonObject | undefined
  #began = 0
  #broughtAny = false

  constructor(options: PartitionCursorOptions, state: JsonObject) {
    this.field = options.field
    this.#options = options
    this.#isGlobal = options.isGlobal
    this.#restore(state)
  }

  get state(): JsonObject {
    const state: JsonObject = { use_global_cursor: this.#isGlobal }
    if (!this.#isGlobal) {
      state['states'] = [...this.#cursors.values()].map(({ partition, cursor }) => ({
        partition: copyJson(partition),
        cursor: cursor.state,
      }))
    }
    if (this.#global !== undefined) state['state'] = this.#global
    state['lookback_window'] = this.#lookbackSeconds
    if (this.#parentState !== undefined) state['parent_state'] = copyJson(this.#parentState)
    return state
  }

  async *slices(): AsyncGenerator<StreamSlice> {
    this.#began = Date.now()
    for await (const { partition, extra } of this.#options.router.slices()) {
      const key = partitionKey(partition)
      // The same parent twice would bring its records twice.
      if (this.#seen.has(key)) continue
      this.#seen.add(key)
      if (this.#seen.size > MOST_PARTITIONS) this.#isGlobal = true
      const known = this.#cursors.get(key)?.cursor
      const cursor =
        known ?? this.#inner(this.#global ?? {}, this.#global === undefined ? 0 : this.#lookbackSeconds)
      this.#cursors.set(key, { partition, cursor })
      for (const slice of cursor.cursorSlices()) yield { partition, cursor: slice.cursor, extra }
      if (this.#isGlobal) this.#cursors.delete(key)
    }
  }

  parts(slice: StreamSlice): RequestParts {
    const { router } = this.#options
    const cursor = this.#cursorOf(slice)
    return mergeParts([router.parts(slice), cursor.parts(slice)])
  }

  observe(record: JsonObject, slice: StreamSlice): void {
    const value = member(record, this.field)
    const normal = value === undefined || value === null ? undefined : this.#options.normalize(value)
    if (normal === undefined) return
    this.#broughtAny = true
    this.#raise(normal)
    if (!this.#isGlobal) this.#cursorOf(slice).observe(record, slice)
  }

  close(slice: StreamSlice): void {
    if (this.#isGlobal) return
    const cursor = this.#cursorOf(slice)
    cursor.close(slice)
    const reached = member(cursor.state, this.field)
    if (reached !== undefined) this.#raise(reached)
  }

  finish(): void {
    if (this.#broughtAny) {
      this.#global = this.#nextGlobal
      this.#lookbackSeconds = Math.ceil((Date.now() - this.#began) / 1000)
    }
    this.#parentState = this.#options.router.parentState()
  }

  isWanted(record: JsonObject, slice: StreamSlice): boolean {
    return this.#cursorOf(slice).isWanted(record, slice)
  }

  #restore(state: JsonObject): void {
    if (Object.keys(state).length === 0) return
    const states = member(state, 'states')
    const shared = member(state, 'state')
    if (states === undefined && shared === undefined) this.#setGlobal(state)
    else {
      this.#isGlobal ||= member(state, 'use_global_cursor') === true
      this.#lookbackSeconds = Math.trunc(Number(member(state, 'lookback_window') ?? 0))
      for (const each of Array.isArray(states) ? states.filter(isJsonObject) : []) {
        const [partition, cursor] = [member(each, 'partition'), member(each, 'cursor')]
        if (!isJsonObject(partition) || !isJsonObject(cursor)) continue
        this.#cursors.set(partitionKey(partition), { partition, cursor: this.#inner(cursor, 0) })
      }
      if (isJsonObject(shared)) this.#setGlobal(shared)
    }
    const parents = member(state, 'parent_state')
    if (isJsonObject(parents)) this.#parentState = parents
  }

  #setGlobal(state: JsonObject): void {
    const value = member(state, this.field)
    const normal = value === undefined ? undefined : this.#options.normalize(value)
    if (normal === undefined) return
    this.#global = { [this.field]: normal }
    this.#nextGlobal = this.#global
  }

  #raise(value: Json): void {
    const known = this.#nextGlobal?.[this.field]
    if (known === undefined || isBelow(known, value)) this.#nextGlobal = { [this.field]: value }
  }

  #cursorOf({ partition }: StreamSlice): InnerCursor {
    const known = this.#cursors.get(partitionKey(partition))
    return (
      known?.cursor ?? this.#inner(this.#global ?? {}, this.#global === undefined ? 0 : this.#lookbackSeconds)
    )
  }

  #inner(state: JsonObject, lookbackSeconds: number): InnerCursor {
    return this.#options.inner(copyJson(state), lookbackSeconds)
  }
}

/** In the order that states have as they are written. */
function isBelow(a: Json, b: Json): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a < b
  return typeof a === 'number' && typeof b === 'number' && a < b
}
