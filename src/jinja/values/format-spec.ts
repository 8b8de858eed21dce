import { characters } from './code-points.ts'
import { floatText, PyFloat } from './float.ts'
import { asInteger } from './number.ts'
import { formatDouble } from './number-format.ts'
import { PythonError } from './python-error.ts'
import { textOf } from './text.ts'
import { typeName } from './type-name.ts'

/** https://docs.python.org/3/library/string.html#formatspec */
const grammar = /^(?:([\s\S])?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u

interface Spec {
  readonly fill: string | undefined
  readonly align: string | undefined
  readonly sign: string
  readonly alternate: boolean
  readonly zero: boolean
  readonly width: number
  readonly grouping: string | undefined
  readonly precision: number | undefined
  readonly type: string | undefined
}

/** Python's format(value, specification). Throws ValueError and TypeError where Python does. */
export function formatValue(value: unknown, specification: string): string {
  if (specification === '') return textOf(value)
  const match = grammar.exec(specification)
  if (!match) throw new PythonError('ValueError', 'Invalid format specifier')
  const [, fill, align, sign = '-', alternate, zero, width, grouping, precision, type] = match
  const spec: Spec = {
    fill,
    align,
    sign,
    alternate: alternate !== undefined,
    zero: zero !== undefined,
    width: Number(width ?? 0),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  }
  if (typeof value === 'boolean' && (type === undefined || type === 's'))
    return formatText(spec, textOf(value))
  const integer = asInteger(value)
  if (integer !== undefined) return formatInteger(spec, integer)
  if (value instanceof PyFloat) return formatFloat(spec, value.value)
  if (typeof value === 'string') return formatText(spec, value)
  throw new PythonError('TypeError', `unsupported format string passed to ${typeName(value)}.__format__`)
}

function formatText(spec: Spec, text: string): string {
  if (spec.type !== undefined && spec.type !== 's') throw unknownCode(spec.type, 'str')
  if (spec.align === '=') {
    throw new PythonError('ValueError', "'=' alignment not allowed in string format specifier")
  }
  if (spec.grouping) throw new PythonError('ValueError', `Cannot specify '${spec.grouping}' with 's'.`)
  const kept = spec.precision === undefined ? text : characters(text).slice(0, spec.precision).join('')
  return pad(spec, '', kept, '<')
}

function formatInteger(spec: Spec, value: number | bigint): string {
  const type = spec.type ?? 'd'
  if ('eEfFgG%'.includes(type)) return formatFloat(spec, Number(value))
  if (spec.precision !== undefined) {
    throw new PythonError('ValueError', 'Precision not allowed in integer format specifier')
  }
  if (type === 'c') return pad(spec, '', String.fromCodePoint(Number(value)), '<')
  const radix = { d: 10, n: 10, x: 16, X: 16, o: 8, b: 2 }[type]
  if (radix === undefined) throw unknownCode(type, 'int')
  const magnitude = (value < 0 ? -value : value).toString(radix)
  const digits = type === 'X' ? magnitude.toUpperCase() : magnitude
  const prefix = spec.alternate && radix !== 10 ? `0${type}` : ''
  return padNumber(spec, signOf(spec, value < 0) + prefix, digits, '', radix === 10 ? 3 : 4)
}

function formatFloat(spec: Spec, value: number): string {
  const sign = signOf(spec, value < 0 || Object.is(value, -0))
  const { type } = spec
  let text: string
  if (type === undefined && spec.precision === undefined) {
    text = floatText(Math.abs(value))
  } else if (type === undefined) {
    text = formatDouble(value, 'g', spec.precision ?? 6, spec.alternate)
    if (/^\d+$/.test(text)) text += '.0'
  } else if (type === '%') text = `${formatDouble(value * 100, 'f', spec.precision ?? 6, spec.alternate)}%`
  else if ('eEfFgGn'.includes(type)) {
    text = formatDouble(value, type === 'n' ? 'g' : type, spec.precision ?? 6, spec.alternate)
  } else throw unknownCode(type, 'float')
  const whole = /^\d+/.exec(text)?.[0] ?? ''
  if (whole === '') return padNumber({ ...spec, zero: false, grouping: undefined }, sign, text, '', 3)
  return padNumber(spec, sign, whole, text.slice(whole.length), 3)
}

function signOf(spec: Spec, negative: boolean): string {
  if (negative) return '-'
  return spec.sign === '-' ? '' : spec.sign
}

/** Groups the digits, and fills with zeros behind the sign where `0` or `0=` asks for it. */
function padNumber(spec: Spec, sign: string, whole: string, rest: string, groupSize: number): string {
  const zeros = spec.zero && (spec.align === undefined || spec.align === '=') && spec.fill === undefined
  const room = spec.width - sign.length - rest.length
  let digits = whole
  if (zeros) while (grouped(digits, spec.grouping, groupSize).length < room) digits = `0${digits}`
  const text = grouped(digits, spec.grouping, groupSize) + rest
  return pad(spec, sign, text, '>')
}

function grouped(digits: string, separator: string | undefined, size: number): string {
  if (!separator) return digits
  return digits.replace(size === 3 ? /\B(?=(?:\d{3})+$)/g : /\B(?=(?:[\da-fA-F]{4})+$)/g, separator)
}

function pad(spec: Spec, sign: string, text: string, naturalAlign: '<' | '>'): string {
  const missing = spec.width - sign.length - characters(text).length
  if (missing <= 0) return sign + text
  const fill = spec.fill ?? (spec.zero ? '0' : ' ')
  switch (spec.align ?? naturalAlign) {
    case '<':
      return sign + text + fill.repeat(missing)
    case '^':
      return fill.repeat(missing >> 1) + sign + text + fill.repeat(missing - (missing >> 1))
    case '=':
      return sign + fill.repeat(missing) + text
    default:
      return fill.repeat(missing) + sign + text
  }
}

function unknownCode(type: string, of: string): PythonError {
  return new PythonError('ValueError', `Unknown format code '${type}' for object of type '${of}'`)
}
