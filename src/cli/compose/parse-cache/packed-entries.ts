import { PyFloat } from '../../../jinja/values/float.ts'
import { freeze } from '../../../project/freeze.ts'

/** Entries by id, in columns: entries of a project are many and alike, and much of what they say is said by all of them. */
export interface PackedEntries {
  readonly ids: readonly string[]
  readonly shapes: readonly PackedShape[]
}

/** The entries that have the same keys in the same order. */
interface PackedShape {
  /** Their places among the ids. */
  readonly places: readonly number[]
  readonly columns: readonly PackedColumn[]
}

interface PackedColumn {
  readonly key: string
  /** What there is, each once. */
  readonly values: readonly unknown[]
  /** Which of the values each entry has; each the one at its own place where there is none. */
  readonly which?: readonly number[]
  /** The values that hold what JSON has no word for. */
  readonly marked?: readonly number[]
}

/** A key that no document has: before what stands for a value that JSON does not know. */
const FLOAT = '\0float'
const INTEGER = '\0integer'

/** The entries packed as plain JSON; undefined where that would not hold all that they are. */
export function packEntries(entries: Readonly<Record<string, object>>): PackedEntries | undefined {
  const ids = Object.keys(entries)
  const shapes = new Map<string, { readonly keys: readonly string[]; readonly places: number[] }>()
  for (const [place, id] of ids.entries()) {
    const keys = Object.keys(entries[id]!)
    const name = keys.join('\0')
    const shape = shapes.get(name)
    if (shape) shape.places.push(place)
    else shapes.set(name, { keys, places: [place] })
  }
  const packed: PackedShape[] = []
  for (const { keys, places } of shapes.values()) {
    const columns: PackedColumn[] = []
    for (const key of keys) {
      const column = packColumn(
        key,
        places.map((place): unknown => Reflect.get(entries[ids[place]!]!, key)),
      )
      if (column === undefined) return undefined
      columns.push(column)
    }
    packed.push({ places, columns })
  }
  return { ids, shapes: packed }
}

/** What was packed, in the order it had. Equal parts of entries are the same object, and frozen. */
export function unpackEntries({ ids, shapes }: PackedEntries): Record<string, object> {
  const entries: Record<string, unknown>[] = new Array(ids.length)
  for (const { places, columns } of shapes) {
    const keys = columns.map(({ key }) => key)
    for (const place of places) entries[place] = Object.fromEntries(keys.map((key) => [key, undefined]))
    for (const { key, values, which, marked = [] } of columns) {
      const own = [...values]
      for (const at of marked) own[at] = unmark(own[at])
      for (const value of own) freeze(value)
      for (let row = 0; row < places.length; row++) {
        entries[places[row]!]![key] = own[which === undefined ? row : which[row]!]
      }
    }
  }
  return Object.fromEntries(ids.map((id, place) => [id, Object.freeze(entries[place]!)]))
}

function packColumn(key: string, all: readonly unknown[]): PackedColumn | undefined {
  // Parts that are one object are found as that; others that are equal, by their texts.
  const known = new Map<unknown, number>()
  const texts = new Map<string, number>()
  const values: unknown[] = []
  const which: number[] = []
  const marked: number[] = []
  for (const value of all) {
    // Which is found where 0 is.
    if (Object.is(value, -0)) return undefined
    let index = known.get(value)
    if (index === undefined) {
      const kind = kindOf(value)
      if (kind === 'strange') return undefined
      const plain = kind === 'plain' ? value : mark(value)
      const text = typeof plain === 'object' && plain !== null ? JSON.stringify(plain) : undefined
      index = text === undefined ? undefined : texts.get(text)
      if (index === undefined) {
        index = values.push(plain) - 1
        if (text !== undefined) texts.set(text, index)
        if (kind === 'marked') marked.push(index)
      }
      known.set(value, index)
    }
    which.push(index)
  }
  return {
    key,
    values,
    ...(values.length === all.length ? {} : { which }),
    ...(marked.length === 0 ? {} : { marked }),
  }
}

/** Whether JSON holds a value as it is, or with marks, or not at all. */
function kindOf(value: unknown): 'plain' | 'marked' | 'strange' {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return 'plain'
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? 'plain' : 'strange'
    case 'bigint':
      return 'marked'
    case 'object':
      break
    default:
      return 'strange'
  }
  if (value === null) return 'plain'
  if (value instanceof PyFloat) return 'marked'
  let found: 'plain' | 'marked' = 'plain'
  if (Array.isArray(value)) {
    for (const part of value) {
      const kind = kindOf(part)
      if (kind === 'strange') return 'strange'
      if (kind === 'marked') found = 'marked'
    }
    return found
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype) return 'strange'
  for (const key in value) {
    if (key.startsWith('\0') || key === '__proto__') return 'strange'
    const kind = kindOf(Reflect.get(value, key))
    if (kind === 'strange') return 'strange'
    if (kind === 'marked') found = 'marked'
  }
  return found
}

function mark(value: unknown): unknown {
  if (typeof value === 'bigint') return { [INTEGER]: String(value) }
  if (value instanceof PyFloat) return { [FLOAT]: String(value.value) }
  if (Array.isArray(value)) return value.map(mark)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mark(part)]))
}

function unmark(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmark)
  if (typeof value !== 'object' || value === null) return value
  const [[key, part] = ['', undefined]] = Object.entries(value)
  if (key === INTEGER) return BigInt(String(part))
  if (key === FLOAT) return new PyFloat(Number(part))
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unmark(each)]))
}
