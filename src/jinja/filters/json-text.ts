import { PyDict } from '../values/dict.ts'
import { floatText, PyFloat } from '../values/float.ts'
import { sorted } from '../values/order.ts'
import { PythonError } from '../values/python-error.ts'
import { PyTuple } from '../values/tuple.ts'
import { typeName } from '../values/type-name.ts'

export interface JsonOptions {
  readonly sortKeys?: boolean
  /** Spaces per level (int) or the indention itself (str); one line when absent or None. */
  readonly indent?: unknown
}

/** JSON as Python's json.dumps writes it: `, ` and `: ` between, ASCII only. Throws TypeError for other types. */
export function jsonText(value: unknown, options: JsonOptions = {}): string {
  const { indent } = options
  const unit =
    typeof indent === 'number' ? ' '.repeat(indent) : typeof indent === 'string' ? indent : undefined
  return write(value, options.sortKeys === true, unit, '')
}

function write(value: unknown, sortKeys: boolean, unit: string | undefined, margin: string): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value)
  if (value instanceof PyFloat) return floatJson(value.value)
  const inner = margin + (unit ?? '')
  if (Array.isArray(value) || value instanceof PyTuple) {
    const items = Array.from(value, (item: unknown) => write(item, sortKeys, unit, inner))
    return bracket('[', items, ']', unit, margin)
  }
  if (value instanceof PyDict) {
    const pairs = Array.from(value.entries())
    const ordered = sortKeys ? sorted(pairs, ([key]) => key) : pairs
    const items = ordered.map(([key, item]) => `${keyText(key)}: ${write(item, sortKeys, unit, inner)}`)
    return bracket('{', items, '}', unit, margin)
  }
  throw new PythonError('TypeError', `Object of type ${typeName(value)} is not JSON serializable`)
}

function bracket(
  open: string,
  items: readonly string[],
  close: string,
  unit: string | undefined,
  margin: string,
) {
  if (items.length === 0) return open + close
  if (unit === undefined) return open + items.join(', ') + close
  const inner = `\n${margin}${unit}`
  return `${open}${inner}${items.join(`,${inner}`)}\n${margin}${close}`
}

function keyText(key: unknown): string {
  if (typeof key === 'string') return quote(key)
  if (key === null) return '"null"'
  if (typeof key === 'boolean' || typeof key === 'number' || typeof key === 'bigint')
    return `"${String(key)}"`
  if (key instanceof PyFloat) return `"${floatJson(key.value)}"`
  const problem = `keys must be str, int, float, bool or None, not ${typeName(key)}`
  throw new PythonError('TypeError', problem)
}

function floatJson(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  return floatText(value)
}

function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
