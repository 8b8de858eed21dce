import { PyDict } from './dict.ts'
import { DictView } from './dict-view.ts'
import { floatText, PyFloat } from './float.ts'
import { HostObject } from './host-object.ts'
import { PyRange } from './range.ts'
import { PySet } from './set.ts'
import { PyTuple } from './tuple.ts'
import { typeName } from './type-name.ts'
import { Undefined } from './undefined.ts'

/** Python's str(): what a value prints. */
export function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'bigint':
      return String(value)
  }
  if (value instanceof Undefined) return ''
  if (value instanceof HostObject) return value.toText()
  return reprOf(value)
}

/** Python's repr(): how a value is written inside of a list. */
export function reprOf(value: unknown): string {
  return repr(value, [])
}

function repr(value: unknown, within: readonly unknown[]): string {
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'number':
    case 'bigint':
      return String(value)
    case 'boolean':
      return value ? 'True' : 'False'
  }
  if (value === null) return 'None'
  if (value instanceof PyFloat) return floatText(value.value)
  if (value instanceof Undefined) return 'Undefined'
  if (value instanceof HostObject) return value.toRepr()
  if (value instanceof PyRange) {
    const step = value.step === 1 ? '' : `, ${value.step}`
    return `range(${value.start}, ${value.stop}${step})`
  }
  const inner = [...within, value]
  const joined = (items: Iterable<unknown>) => Array.from(items, (item) => repr(item, inner)).join(', ')
  if (Array.isArray(value)) return within.includes(value) ? '[...]' : `[${joined(value)}]`
  if (value instanceof PyTuple) return `(${joined(value.items)}${value.items.length === 1 ? ',' : ''})`
  if (value instanceof PySet) return value.size === 0 ? 'set()' : `{${joined(value)}}`
  if (value instanceof DictView) return `dict_${value.kind}([${joined(value)}])`
  if (value instanceof PyDict) {
    if (within.includes(value)) return '{...}'
    const entries = Array.from(value.entries(), ([key, item]) => `${repr(key, inner)}: ${repr(item, inner)}`)
    return `{${entries.join(', ')}}`
  }
  return `<${typeName(value)} object>`
}

/** A character Python's repr escapes: what Unicode calls other or separator, but for the plain space. */
const unprintable = /[\\\p{C}\p{Z}]/gu
const namedEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replace(unprintable, (character) => {
    if (character === ' ') return character
    const named = namedEscapes[character]
    if (named) return named
    const code = character.codePointAt(0)!
    if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`
    if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`
    return `\\U${code.toString(16).padStart(8, '0')}`
  })
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote
}
