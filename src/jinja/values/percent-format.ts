import { characters } from './code-points.ts'
import { PyDict } from './dict.ts'
import { PyFloat } from './float.ts'
import { HostObject } from './host-object.ts'
import { truncate } from './integer.ts'
import { asDouble, asInteger, asNumeric } from './number.ts'
import { formatDouble } from './number-format.ts'
import { PythonError } from './python-error.ts'
import { reprOf, textOf } from './text.ts'
import { PyTuple } from './tuple.ts'
import { typeName } from './type-name.ts'
import { Undefined } from './undefined.ts'

const directive = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?[hlL]?([\s\S]?)/g

interface Directive {
  readonly left: boolean
  readonly sign: string
  readonly alternate: boolean
  readonly zero: boolean
  readonly width: number
  readonly precision: number | undefined
  readonly type: string
}

/** Python's `format % values`. Throws TypeError, ValueError and KeyError where Python does. */
export function percentFormat(format: string, values: unknown): string {
  const positional = values instanceof PyTuple ? values.items : [values]
  let used = 0
  let usedMapping = false
  const next = () => {
    if (used >= positional.length)
      throw new PythonError('TypeError', 'not enough arguments for format string')
    return positional[used++]
  }
  const text = format.replace(directive, (whole, key, flags: string, width, precision, type, offset) => {
    if (type === '%') return '%'
    if (type === '') throw new PythonError('ValueError', 'incomplete format')
    const star = (written: string | undefined) => (written === '*' ? starValue(next()) : Number(written ?? 0))
    const minimum = star(width)
    const spec: Directive = {
      left: flags.includes('-') || minimum < 0,
      sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '',
      alternate: flags.includes('#'),
      zero: flags.includes('0'),
      width: Math.abs(minimum),
      precision: whole.includes('.', key === undefined ? 0 : key.length + 3) ? star(precision) : undefined,
      type,
    }
    let value: unknown
    if (key === undefined) value = next()
    else {
      usedMapping = true
      value = fromMapping(values, key)
    }
    return convert(spec, value, offset)
  })
  // Python asks for something like a mapping, which lists and undefined values pass for.
  const likeMapping = values instanceof PyDict || Array.isArray(values) || values instanceof Undefined
  const takesRest = usedMapping || (likeMapping && used === 0)
  if (used < positional.length && !takesRest) {
    throw new PythonError('TypeError', 'not all arguments converted during string formatting')
  }
  return text
}

function fromMapping(values: unknown, key: string): unknown {
  if (!(values instanceof PyDict)) throw new PythonError('TypeError', 'format requires a mapping')
  const value = values.get(key)
  if (value === undefined) throw new PythonError('KeyError', `'${key}'`)
  return value
}

function starValue(value: unknown): number {
  const integer = asInteger(value)
  if (integer === undefined) throw new PythonError('TypeError', '* wants int')
  return Number(integer)
}

function convert(spec: Directive, value: unknown, offset: number): string {
  switch (spec.type) {
    case 's':
    case 'r':
    case 'a': {
      const text = spec.type === 's' ? textOf(value) : reprOf(value)
      const cut = spec.precision === undefined ? text : characters(text).slice(0, spec.precision).join('')
      return pad(spec, '', cut, false)
    }
    case 'c':
      return pad(spec, '', oneCharacter(value), false)
    case 'd':
    case 'i':
    case 'u':
      return wholeNumber(spec, decimalInteger(value, spec.type), 10, '')
    case 'x':
    case 'X':
      return wholeNumber(spec, strictInteger(value, spec.type), 16, spec.alternate ? `0${spec.type}` : '')
    case 'o':
      return wholeNumber(spec, strictInteger(value, 'o'), 8, spec.alternate ? '0o' : '')
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': {
      const double = realNumber(value)
      const negative = double < 0 || Object.is(double, -0)
      const text = formatDouble(double, spec.type, spec.precision ?? 6, spec.alternate)
      return pad(spec, negative ? '-' : spec.sign, text, true)
    }
  }
  const code = spec.type.codePointAt(0)!.toString(16)
  const message = `unsupported format character '${spec.type}' (0x${code}) at index ${offset + 1}`
  throw new PythonError('ValueError', message)
}

function pad(spec: Directive, sign: string, text: string, isNumber: boolean): string {
  const missing = spec.width - sign.length - characters(text).length
  if (missing <= 0) return sign + text
  if (spec.left) return sign + text + ' '.repeat(missing)
  return spec.zero && isNumber ? sign + '0'.repeat(missing) + text : ' '.repeat(missing) + sign + text
}

function wholeNumber(spec: Directive, value: number | bigint, radix: number, prefix: string): string {
  const magnitude = (value < 0 ? -value : value).toString(radix).padStart(spec.precision ?? 1, '0')
  const digits = spec.type === 'X' ? magnitude.toUpperCase() : magnitude
  return pad(spec, (value < 0 ? '-' : spec.sign) + prefix, digits, true)
}

function decimalInteger(value: unknown, type: string): number | bigint {
  if (value instanceof PyFloat) return truncate(value.value)
  if (value instanceof HostObject && value.isNumber()) return truncate(Number(value.toText()))
  const integer = asInteger(value)
  if (integer !== undefined) return integer
  if (value instanceof Undefined) throw value.error()
  throw new PythonError('TypeError', `%${type} format: a real number is required, not ${typeName(value)}`)
}

function strictInteger(value: unknown, type: string): number | bigint {
  const integer = asInteger(value)
  if (integer !== undefined) return integer
  throw new PythonError('TypeError', `%${type} format: an integer is required, not ${typeName(value)}`)
}

function realNumber(value: unknown): number {
  const number = asNumeric(value)
  if (number !== undefined) return asDouble(number)
  if (value instanceof HostObject && value.isNumber()) return Number(value.toText())
  if (value instanceof Undefined) throw value.error()
  throw new PythonError('TypeError', `must be real number, not ${typeName(value)}`)
}

function oneCharacter(value: unknown): string {
  if (typeof value === 'string' && characters(value).length === 1) return value
  const code = asInteger(value)
  if (code === undefined) throw new PythonError('TypeError', '%c requires int or char')
  if (code < 0 || code > 0x10ffff) throw new PythonError('OverflowError', '%c arg not in range(0x110000)')
  return String.fromCodePoint(Number(code))
}
