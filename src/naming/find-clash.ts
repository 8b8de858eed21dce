/** Two names of a source that would be one column. */
export interface NameClash {
  readonly column: string
  readonly one: string
  readonly other: string
}

/**
 * The first two different sources that lead to names which an engine takes for one.
 * @param folds whether the engine takes names that differ only in letter case for one
 */
export function findClash(
  names: readonly { readonly source: string; readonly column: string }[],
  folds: boolean,
): NameClash | undefined {
  const taken = new Map<string, { readonly source: string; readonly column: string }>()
  for (const name of names) {
    const key = folds ? name.column.toLowerCase() : name.column
    const known = taken.get(key)
    if (known !== undefined && known.source !== name.source) {
      return { column: known.column, one: known.source, other: name.source }
    }
    taken.set(key, name)
  }
  return undefined
}
