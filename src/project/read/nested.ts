import type { LoadNesting, NestedAs, Nesting } from '../pipeline.ts'
import type { NestedEntry } from '../schema/nested-entry.ts'

/** What `load.nested` says, with every default filled in; undefined where it says nothing. */
export function readNested(given: NestedEntry | undefined): LoadNesting | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'string') return { ...nesting(given), streams: {} }
  const streams = Object.entries(given.streams ?? {}).map(([stream, own]) => [stream, nesting(own)] as const)
  return { ...nesting(given), streams: Object.fromEntries(streams) }
}

type Entry =
  | NestedAs
  | {
      readonly as?: NestedAs | undefined
      readonly depth?: number | undefined
      readonly paths?: Readonly<Record<string, NestedAs>> | undefined
    }

function nesting(given: Entry): Nesting {
  if (typeof given === 'string') return { as: given, depth: undefined, paths: {} }
  return { as: given.as ?? 'json', depth: given.depth, paths: given.paths ?? {} }
}
