/**
 * What becomes of a nested value: it stays JSON; objects become columns, and lists stay JSON; or objects become columns
 * and lists tables of their own.
 */
export type NestedAs = 'json' | 'columns' | 'tables'

/** How the nested values of a stream are taken apart. */
export interface Nesting {
  readonly as: NestedAs
  /** How many levels are taken apart; what is deeper stays JSON. No limit where undefined. */
  readonly depth: number | undefined
  /** In place of `as`, for a path of keys joined by dots and for what is below it. Lists add nothing to a path. */
  readonly paths: Readonly<Record<string, NestedAs>>
}

/** What becomes of the value at a path, of which the value around it is `inherited`. */
export function nestedAs(nesting: Nesting, path: readonly string[], inherited: NestedAs): NestedAs {
  const key = path.join('.')
  return Object.hasOwn(nesting.paths, key) ? nesting.paths[key]! : inherited
}

/** Whether any value can be taken apart at all. */
export function takesApart({ as, paths }: Nesting): boolean {
  return as !== 'json' || Object.values(paths).some((each) => each !== 'json')
}
