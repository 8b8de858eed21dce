import { nestedAs } from '../../formats/nested/nesting.ts'
import { columnName } from '../../naming/column-name.ts'
import type { NameStyle } from '../../naming/name-style.ts'
import { type Nesting, nestingOf } from '../../project/pipeline.ts'
import type { KnownShape } from './known-shape.ts'
import type { StreamLoad } from './stream-load.ts'

/** How names and nested values of a stream become columns. */
export interface Shaping {
  readonly style: NameStyle
  /** Undefined where all nested values stay JSON. */
  readonly nesting: Nesting | undefined
  readonly known: KnownShape
  /** The column that the value at these keys becomes. */
  nameOf(keys: readonly string[]): string
  /** Whether an earlier load took this column of the source apart. */
  wasNested(column: string): boolean
  /** Whether the column's nested values are taken apart. */
  takesApart(column: string): boolean
}

/**
 * How a load's names and nested values become columns; undefined where all are taken as they are: the pipeline says
 * nothing of them, and no name is longer than its engine takes.
 */
export function shapingOf(
  { pipeline, stream, engine, parts }: StreamLoad,
  known: () => Promise<KnownShape>,
): Promise<Shaping> | undefined {
  const style = pipeline.load.names ?? 'as_found'
  const nesting = nestingOf(pipeline.load, stream)
  const limit = engine.capabilities.longestName ?? Number.POSITIVE_INFINITY
  const tooLong = parts.some(({ scan }) => scan.fields.some(({ name }) => Buffer.byteLength(name) > limit))
  if (style === 'as_found' && nesting === undefined && !tooLong) return undefined
  return known().then((shape) => {
    const roots = new Set(
      [
        ...shape.columns.filter(({ source }) => source.length > 1).map(({ source }) => source[0]),
        ...shape.children.map(({ path }) => path[0]),
      ].filter((root) => root !== undefined),
    )
    return {
      style,
      nesting,
      known: shape,
      nameOf: (keys) => columnName(keys, style),
      takesApart: (column) => nesting !== undefined && nestedAs(nesting, [column], nesting.as) !== 'json',
      wasNested: (column) => nesting !== undefined && roots.has(column),
    }
  })
}
