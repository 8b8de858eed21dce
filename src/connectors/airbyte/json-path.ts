import { isJsonObject, type Json, type JsonObject, member, put } from '../../api-manifest/json.ts'

/** Keys and indices into a value; `*` stands for any one, `**` for any number of them. */
export type JsonPath = readonly string[]

/** A path written as one text with slashes between. */
export function pathOf(text: string): JsonPath {
  return text.split('/').filter((segment) => segment !== '')
}

/** The value at a path; undefined when there is none. Of a path with wildcards, the first. */
export function valueAt(value: Json, path: JsonPath): Json | undefined {
  if (path.some(isWildcard)) return valuesAt(value, path)[0]
  let current: Json | undefined = value
  for (const segment of path) {
    current = current === undefined ? undefined : step(current, segment)
    if (current === undefined) return undefined
  }
  return current
}

/** All values that a path with wildcards leads to, in order. */
export function valuesAt(value: Json, path: JsonPath): Json[] {
  return matches(value, path).map(({ value: found }) => found)
}

/** Puts a value at a path; objects that are missing on the way are made. */
export function putAt(target: JsonObject, path: JsonPath, value: Json): void {
  let current: Json = target
  for (const [depth, segment] of path.entries()) {
    const isLast = depth === path.length - 1
    const next: Json | undefined = isLast ? undefined : step(current, segment)
    const isContainer: boolean = Array.isArray(next) || isJsonObject(next)
    const inner: Json = isLast ? value : isContainer && next !== undefined ? next : {}
    if (Array.isArray(current)) {
      const index = Number(segment)
      while (current.length <= index) current.push(null)
      current[index] = inner
    } else if (isJsonObject(current)) put(current, segment, inner)
    current = inner
  }
}

/** Removes what a path leads to, where `isWanted` says so; what is not there is no error. */
export function removeAt(target: JsonObject, path: JsonPath, isWanted: (value: Json) => boolean): void {
  for (const { parent, key, value } of matches(target, path).reverse()) {
    if (parent === undefined || !isWanted(value)) continue
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else delete parent[key]
  }
}

interface Match {
  readonly parent: Json[] | JsonObject | undefined
  readonly key: string
  readonly value: Json
}

function matches(value: Json, path: JsonPath): Match[] {
  let found: Match[] = [{ parent: undefined, key: '', value }]
  for (const segment of path) found = found.flatMap((match) => below(match, segment))
  return found
}

function below(match: Match, segment: string): Match[] {
  if (segment === '**') return [match, ...childrenOf(match.value).flatMap((child) => below(child, segment))]
  if (!isWildcard(segment)) {
    const value = step(match.value, segment)
    const parent = Array.isArray(match.value) || isJsonObject(match.value) ? match.value : undefined
    return value === undefined || parent === undefined ? [] : [{ parent, key: segment, value }]
  }
  const pattern = new RegExp(`^${segment.split('*').map(escaped).join('.*')}$`, 's')
  return childrenOf(match.value).filter(({ key }) => pattern.test(key))
}

function childrenOf(value: Json): Match[] {
  if (Array.isArray(value))
    return value.map((item, index) => ({ parent: value, key: String(index), value: item }))
  if (!isJsonObject(value)) return []
  return Object.entries(value).map(([key, item]) => ({ parent: value, key, value: item }))
}

function step(value: Json, segment: string): Json | undefined {
  if (isJsonObject(value)) return member(value, segment)
  if (!Array.isArray(value) || !/^-?\d+$/.test(segment)) return undefined
  return value.at(Number(segment))
}

function isWildcard(segment: string): boolean {
  return segment.includes('*')
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
