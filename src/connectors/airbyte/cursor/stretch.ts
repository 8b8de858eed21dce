import type { CursorAxis } from './cursor-axis.ts'

/** A stretch of a cursor's values that has been read, both ends included. */
export interface Stretch<V> {
  readonly start: V
  readonly end: V
  /** The greatest value of a record in it; undefined when there was none. */
  readonly mostRecent: V | undefined
}

/** Stretches in order, those that touch made one. */
export function mergeStretches<V, Step>(
  stretches: readonly Stretch<V>[],
  axis: CursorAxis<V, Step>,
): readonly Stretch<V>[] {
  const sorted = stretches.toSorted((a, b) => axis.compare(a.start, b.start) || axis.compare(a.end, b.end))
  const merged: Stretch<V>[] = []
  for (const stretch of sorted) {
    const last = merged.at(-1)
    if (last === undefined || axis.compare(axis.next(last.end), stretch.start) < 0) merged.push(stretch)
    else {
      merged[merged.length - 1] = {
        start: last.start,
        end: greater(axis, last.end, stretch.end),
        mostRecent:
          last.mostRecent === undefined || stretch.mostRecent === undefined
            ? (last.mostRecent ?? stretch.mostRecent)
            : greater(axis, last.mostRecent, stretch.mostRecent),
      }
    }
  }
  return merged
}

export function greater<V, Step>(axis: CursorAxis<V, Step>, a: V, b: V): V {
  return axis.compare(a, b) >= 0 ? a : b
}
