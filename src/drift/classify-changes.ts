import type { Field, LogicalType } from '../batch/logical-type.ts'
import { logicalTypeName } from '../batch/logical-type-name.ts'
import type { ColumnChange } from './column-change.ts'
import { isWidening } from './is-widening.ts'
import { LIKE, nameLikeness } from './name-likeness.ts'

/**
 * What became of each column: those of the table in its order, then those that are new. A column that went and one
 * that came are one column renamed when they have the same type and like names, and neither is like another that could be
 * meant; else they are one removed and one added.
 * @param table the table's own columns
 * @param arriving the columns as they arrive, in the same engine's types
 */
export function classifyChanges(
  table: readonly Field[],
  arriving: readonly Field[],
): readonly ColumnChange[] {
  const came = new Map(arriving.map((field) => [field.name, field.type]))
  const known = new Set(table.map((field) => field.name))
  const gone = table.filter((field) => !came.has(field.name))
  const fresh = arriving.filter((field) => !known.has(field.name))
  const renamed = renames(gone, fresh)
  const taken = new Set(renamed.values())
  return [
    ...table.map(({ name, type }): ColumnChange => {
      const now = came.get(name)
      if (now !== undefined) return compare(name, type, now)
      const newName = renamed.get(name)
      return newName === undefined
        ? { kind: 'removed', column: name, from: type }
        : { kind: 'renamed', column: name, newName, type }
    }),
    ...fresh
      .filter((field) => !taken.has(field.name))
      .map(({ name, type }): ColumnChange => ({ kind: 'added', column: name, to: type })),
  ]
}

function compare(column: string, from: LogicalType, to: LogicalType): ColumnChange {
  if (sameType(from, to)) return { kind: 'unchanged', column, type: from }
  return { kind: isWidening(from, to) ? 'widened' : 'changed', column, from, to }
}

/** New names by old name, where each is the only one that the other could be. */
function renames(gone: readonly Field[], fresh: readonly Field[]): ReadonlyMap<string, string> {
  const pairs = gone.flatMap((old) =>
    fresh
      .filter(({ name, type }) => sameType(old.type, type) && nameLikeness(old.name, name) >= LIKE)
      .map(({ name }) => ({ from: old.name, to: name })),
  )
  const alone = pairs.filter(
    ({ from, to }) => pairs.filter((other) => other.from === from || other.to === to).length === 1,
  )
  return new Map(alone.map(({ from, to }) => [from, to]))
}

function sameType(a: LogicalType, b: LogicalType): boolean {
  return logicalTypeName(a) === logicalTypeName(b)
}
