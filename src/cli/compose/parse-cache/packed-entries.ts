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

/** Takes a document's text, bit by bit. */
export type WriteText = (text: string) => void

/**
 * Writes the entries packed, as a document in JSON; false where JSON would not hold all that they are, and the document breaks off. Of a
 * large project, its text would be held beside all that it says.
 */
export function packEntries(entries: Readonly<Record<string, object>>, write: WriteText): boolean {
  const ids = Object.keys(entries)
  const shapes = new Map<
    string,
    { readonly keys: readonly string[]; readonly places: number[]; readonly rows: Row[] }
  >()
  for (const [place, id] of ids.entries()) {
    const row: Row = { ...entries[id]! }
    const keys = Object.keys(row)
    const name = keys.join('\0')
    let shape = shapes.get(name)
    if (!shape) {
      shape = { keys, places: [], rows: [] }
      shapes.set(name, shape)
    }
    shape.places.push(place)
    shape.rows.push(row)
  }
  write(`{"ids":${JSON.stringify(ids)},"shapes":[`)
  let before = ''
  for (const { keys, places, rows } of shapes.values()) {
    write(`${before}{"places":${JSON.stringify(places)},"columns":[`)
    for (const [index, key] of keys.entries()) {
      const column = packColumn(key, rows)
      if (column === undefined) return false
      write(index === 0 ? column : `,${column}`)
    }
    write(']}')
    before = ','
  }
  write(']}')
  return true
}

type Row = Readonly<Record<string, unknown>>

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

function packColumn(key: string, rows: readonly Row[]): string | undefined {
  // Parts that are one object are found as that; others that are equal, by their texts.
  const known = new Map<unknown, number>()
  const byText = new Map<string, number>()
  const texts: string[] = []
  const which: number[] = []
  const marked: number[] = []
  for (const row of rows) {
    const value = row[key]
    // Which is found where 0 is.
    if (Object.is(value, -0)) return undefined
    const isSought = which.length < ENOUGH || texts.length < which.length
    let index = isSought ? known.get(value) : undefined
    if (index === undefined) {
      const kind = kindOf(value)
      if (kind === 'strange') return undefined
      const text = JSON.stringify(kind === 'plain' ? value : mark(value))
      const isPart = isSought && typeof value === 'object'
      index = isPart ? byText.get(text) : undefined
      if (index === undefined) {
        index = texts.push(text) - 1
        if (isPart && byText.size < MOST_ALIKE) byText.set(text, index)
        if (kind === 'marked') marked.push(index)
      }
      if (isSought) known.set(value, index)
    }
    which.push(index)
  }
  const places = texts.length === rows.length ? '' : `,"which":${JSON.stringify(which)}`
  const marks = marked.length === 0 ? '' : `,"marked":${JSON.stringify(marked)}`
  return `{"key":${JSON.stringify(key)},"values":[${texts.join(',')}]${places}${marks}}`
}

/** Where so many entries all say something else of a thing, the next is taken to do so as well. */
const ENOUGH = 2000
/** So many texts of a column are kept in mind. */
const MOST_ALIKE = 2000

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
