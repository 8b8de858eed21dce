import { isMapping } from './is-mapping.ts'

/** Keys and indexes that lead to a value of a YAML document. */
export type Path = readonly (string | number)[]

/** The value that a path leads to, or undefined. */
export function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, segment) => {
    if (Array.isArray(value)) return value[Number(segment)]
    return isMapping(value) && Object.hasOwn(value, segment) ? value[segment] : undefined
  }, document)
}

/** A copy of the document in which the value at `path` is changed; what lies beside the path is shared. */
export function replaceAt(document: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [segment, ...rest] = path
  if (segment === undefined) return change(document)
  if (Array.isArray(document)) {
    return document.map((item, index) => (index === segment ? replaceAt(item, rest, change) : item))
  }
  if (!isMapping(document) || !Object.hasOwn(document, segment)) return document
  return { ...document, [segment]: replaceAt(document[segment], rest, change) }
}

/** A copy of the document without the key that `path` ends in. */
export function removeAt(document: unknown, path: Path): unknown {
  if (path.length === 0) return undefined
  return replaceAt(document, path.slice(0, -1), (parent) => {
    if (!isMapping(parent)) return parent
    const { [String(path.at(-1))]: _removed, ...rest } = parent
    return rest
  })
}

/** Whether `path` leads through what `prefix` leads to. */
export function isPrefix(prefix: Path, path: Path): boolean {
  return prefix.length <= path.length && prefix.every((segment, index) => segment === path[index])
}
