import type { PropertiesFile } from '../schema/properties-file.ts'
import { isPrefix, type Path } from '../yaml/value-at.ts'

/** A key of a properties file that the schema does not know, and what stands there. */
export interface OverlookedKey {
  readonly path: Path
  readonly value: unknown
}

/** The document with the unknown keys of its columns put back: of these alone dbt keeps whatever is written, in its manifest. */
export function withColumnKeys(
  document: PropertiesFile,
  overlooked: readonly OverlookedKey[],
): PropertiesFile {
  const keys = overlooked.filter(({ path }) => path.at(-3) === 'columns')
  if (keys.length === 0) return document
  const described = <T extends { readonly columns?: readonly object[] | null | undefined }>(
    entry: T,
    path: Path,
  ): T => {
    const isHere = ({ path: key }: OverlookedKey) => isPrefix(path, key)
    if (!entry.columns || !keys.some(isHere)) return entry
    return {
      ...entry,
      columns: entry.columns.map((column, index) => keep(column, [...path, 'columns', index])),
    }
  }
  const keep = (column: object, path: Path): object => {
    const own = keys.filter(({ path: key }) => key.length === path.length + 1 && isPrefix(path, key))
    return {
      ...column,
      ...Object.fromEntries(own.map(({ path: key, value }) => [String(key.at(-1)), value])),
    }
  }
  const { models, seeds, snapshots, analyses, functions, sources } = document
  return {
    ...document,
    models: models?.map((entry, i) => ({
      ...described(entry, ['models', i]),
      versions: entry.versions?.map((version, v) => described(version, ['models', i, 'versions', v])),
    })),
    seeds: seeds?.map((entry, i) => described(entry, ['seeds', i])),
    snapshots: snapshots?.map((entry, i) => described(entry, ['snapshots', i])),
    analyses: analyses?.map((entry, i) => described(entry, ['analyses', i])),
    functions: functions?.map((entry, i) => described(entry, ['functions', i])),
    sources: sources?.map((entry, i) => ({
      ...entry,
      tables: entry.tables?.map((table, t) => described(table, ['sources', i, 'tables', t])),
    })),
  }
}
