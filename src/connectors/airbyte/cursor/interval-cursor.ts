import { isJsonObject, type Json, type JsonObject, member } from '../../../api-manifest/json.ts'
import { mergeParts } from '../roles/merge-parts.ts'
import { NO_PARTS, partsOf, type RequestOption, type RequestParts } from '../roles/request-parts.ts'
import { type StreamSlice, sliceMember } from '../stream-slice.ts'
import type { Cursor } from './cursor.ts'
import type { CursorAxis } from './cursor-axis.ts'
import { greater, mergeStretches, type Stretch } from './stretch.ts'

export interface IntervalOptions<V, Step> {
  readonly axis: CursorAxis<V, Step>
  readonly field: string
  /** Where the stream begins; undefined for the axis's own beginning. */
  readonly start: V | undefined
  readonly end: () => V
  readonly lookback: Step | undefined
  /** How long a slice is; undefined for one slice over all. */
  readonly step: Step | undefined
  /** What lies between the end of a slice and the start of the next. */
  readonly granularity: Step | undefined
  /** Moves the bounds of slices to those of days, weeks or months. */
  readonly clamp: (value: V) => V
  readonly comparesStrictly: boolean
  /** The names of a slice's bounds. */
  readonly startName: string
  readonly endName: string
  /** Whether the stretches of the state are the slices; else they reach to the greatest record. */
  readonly hasBounds: boolean
  readonly startOption: RequestOption | undefined
  readonly endOption: RequestOption | undefined
}

/** Goes along an axis of times or numbers in slices, and keeps which stretches of it have been read. */
export class IntervalCursor<V, Step> implements Cursor {
  readonly field: string
  readonly isResumable = true
  readonly #options: IntervalOptions<V, Step>
  readonly #legacy: JsonObject
  readonly #begin: V
  #stretches: readonly Stretch<V>[]
  #mostRecent: V | undefined

  constructor(options: IntervalOptions<V, Step>, state: JsonObject) {
    this.field = options.field
    this.#options = options
    const { stretches, begin, legacy } = startingPoint(options, state)
    this.#stretches = stretches
    this.#begin = begin
    this.#legacy = legacy
  }

  get state(): JsonObject {
    const { axis } = this.#options
    const [first] = mergeStretches(this.#stretches, axis)
    if (first === undefined) return { ...this.#legacy }
    return { ...this.#legacy, [this.field]: axis.format(first.mostRecent ?? first.start) }
  }

  async *slices(): AsyncGenerator<StreamSlice> {
    yield* this.cursorSlices()
  }

  /** The slices still to be read, as stretches of the axis alone. */
  *cursorSlices(): Generator<StreamSlice> {
    const { axis, start, granularity, lookback } = this.#options
    this.#stretches = mergeStretches(this.#stretches, axis)
    const stretches = this.#stretches
    const first = stretches[0]
    const last = stretches.at(-1)
    if (first === undefined || last === undefined) return
    if (start !== undefined && axis.compare(start, first.start) < 0) {
      yield* this.#split(start, first.start, false)
    }
    for (const [index, stretch] of stretches.slice(0, -1).entries()) {
      const lower =
        granularity === undefined ? stretch.end : (axis.add(stretch.end, granularity) ?? stretch.end)
      yield* this.#split(lower, stretches[index + 1]!.start, false)
    }
    const lower = lookback === undefined ? last.end : axis.subtract(last.end, lookback)
    yield* this.#split(lower, this.#options.end(), true)
  }

  parts(slice: StreamSlice): RequestParts {
    const { startOption, endOption, startName, endName } = this.#options
    if (startOption === undefined && endOption === undefined) return NO_PARTS
    return mergeParts([
      partsOf(startOption, sliceMember(slice, startName) ?? null),
      partsOf(endOption, sliceMember(slice, endName) ?? null),
    ])
  }

  observe(record: JsonObject): void {
    const value = this.#valueOf(record)
    if (value === undefined) return
    const { axis } = this.#options
    this.#mostRecent = this.#mostRecent === undefined ? value : greater(axis, this.#mostRecent, value)
  }

  close(slice: StreamSlice): void {
    const { axis, hasBounds, startName, endName } = this.#options
    const mostRecent = this.#mostRecent
    this.#mostRecent = undefined
    const bounds = hasBounds
      ? {
          start: axis.parse(sliceMember(slice, startName) ?? null),
          end: axis.parse(sliceMember(slice, endName) ?? null),
        }
      : { start: this.#begin, end: mostRecent }
    if (bounds.start === undefined || bounds.end === undefined) return
    const stretch = { start: bounds.start, end: bounds.end, mostRecent }
    this.#stretches = mergeStretches([...this.#stretches, stretch], axis)
  }

  finish(): void {}

  isWanted(record: JsonObject): boolean {
    const value = this.#valueOf(record)
    if (value === undefined) return true
    const { axis, end } = this.#options
    return axis.compare(this.#least(), value) <= 0 && axis.compare(value, end()) <= 0
  }

  #least(): V {
    const { axis, lookback, start } = this.#options
    if (lookback === undefined) return this.#begin
    const lower = axis.subtract(this.#begin, lookback)
    if (start === undefined) return lower
    const floor = axis.compare(this.#begin, start) < 0 ? this.#begin : start
    return greater(axis, lower, floor)
  }

  #valueOf(record: JsonObject): V | undefined {
    const value = member(record, this.field)
    return value === undefined || value === null ? undefined : this.#options.axis.parse(value)
  }

  *#split(from: V, upper: V, upperIsEnd: boolean): Generator<StreamSlice> {
    const { axis, start, granularity, step, clamp, comparesStrictly } = this.#options
    const order = axis.compare(from, upper)
    if (order > 0 || (order === 0 && granularity === undefined)) return
    if (start !== undefined && axis.compare(upper, start) < 0) return
    const lower = clamp(start === undefined ? from : greater(axis, from, start))
    const narrowed = axis.compare(lower, upper)
    if (narrowed > 0 || (narrowed === 0 && (comparesStrictly || !upperIsEnd))) return
    const before = (value: V) => (granularity === undefined ? value : axis.subtract(value, granularity))
    const firstUpper = step === undefined ? undefined : axis.add(lower, step)
    if (step === undefined || firstUpper === undefined || axis.compare(firstUpper, upper) >= 0) {
      const end = upperIsEnd && granularity !== undefined ? upper : clamp(upper)
      yield this.#slice(lower, upperIsEnd ? end : before(end))
      return
    }
    for (let current = lower; ; ) {
      const reached = axis.add(current, step)
      const bound = reached === undefined || axis.compare(reached, upper) > 0 ? upper : reached
      const end = axis.compare(bound, upper) === 0 ? bound : clamp(bound)
      const isLast = axis.compare(bound, upper) >= 0 || axis.compare(end, upper) === 0
      const begin = clamp(current)
      if (axis.compare(begin, end) >= 0) return
      yield this.#slice(begin, upperIsEnd && isLast ? end : before(end))
      if (isLast) return
      current = end
    }
  }

  #slice(start: V, end: V): StreamSlice {
    const { axis, startName, endName } = this.#options
    const cursor = { [startName]: axis.format(start), [endName]: axis.format(end) }
    return { partition: {}, cursor, extra: {} }
  }
}

interface StartingPoint<V> {
  readonly stretches: readonly Stretch<V>[]
  readonly begin: V
  readonly legacy: JsonObject
}

/** States are either the one value of the cursor's field, or a list of stretches. */
function startingPoint<V, Step>(
  { axis, field, start }: IntervalOptions<V, Step>,
  state: JsonObject,
): StartingPoint<V> {
  const listed = member(state, 'slices')
  if (/^(?:date-range|integer)$/.test(String(member(state, 'state_type'))) && Array.isArray(listed)) {
    const stretches = listed.filter(isJsonObject).flatMap((each) => stretchOf(axis, each))
    const [first] = stretches
    return { stretches, begin: first?.mostRecent ?? first?.end ?? start ?? axis.zero, legacy: {} }
  }
  const known = member(state, field)
  const value = known === undefined ? undefined : axis.parse(known)
  const floor = start ?? axis.zero
  const begin = value !== undefined && axis.compare(value, floor) >= 0 ? value : floor
  return { stretches: [{ start: floor, end: begin, mostRecent: begin }], begin, legacy: state }
}

function stretchOf<V, Step>(axis: CursorAxis<V, Step>, slice: JsonObject): Stretch<V>[] {
  const read = (name: string): V | undefined => {
    const value: Json | undefined = member(slice, name)
    return value === undefined || value === null ? undefined : axis.parse(value)
  }
  const [start, end] = [read('start'), read('end')]
  return start === undefined || end === undefined
    ? []
    : [{ start, end, mostRecent: read('most_recent_cursor_value') }]
}
