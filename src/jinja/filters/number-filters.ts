import { integerArgument } from '../values/argument.ts'
import { binary, unary } from '../values/arithmetic.ts'
import { fixedDigits, roundDouble } from '../values/decimal.ts'
import { PyFloat } from '../values/float.ts'
import { HostObject } from '../values/host-object.ts'
import { type Integer, normalize, parseFloat64, parseInteger, truncate } from '../values/integer.ts'
import { asDouble, asInteger, asNumeric } from '../values/number.ts'
import { PythonError } from '../values/python-error.ts'
import { isTrue } from '../values/size.ts'
import { typeName } from '../values/type-name.ts'
import { Undefined } from '../values/undefined.ts'
import { FilterTableBuilder } from './filter.ts'

/** Filters on numbers. */
export const numberFilters = new FilterTableBuilder()
  .add(
    'int',
    ['default?', 'base?'],
    (value, otherwise = 0, base) => toInteger(value, integerArgument(base, 10)) ?? otherwise,
  )
  .add('float', ['default?'], (value, otherwise = new PyFloat(0)) => {
    const double = toDouble(value)
    return double === undefined ? otherwise : new PyFloat(double)
  })
  .add('abs', [], (value) => {
    if (value instanceof HostObject && value.isNumber()) {
      return (value.compare(0) ?? 0) < 0 ? unary('-', value) : value
    }
    const number = numeric('abs()', value)
    if (number instanceof PyFloat) return new PyFloat(Math.abs(number.value))
    return number < 0 ? -number : number
  })
  .add('round', ['precision?', 'method?'], (value, precision, method = 'common') => {
    const digits = integerArgument(precision, 0)
    if (method === 'common') return roundHalfEven(numeric('round()', value), digits)
    if (method !== 'ceil' && method !== 'floor') {
      throw new PythonError('ValueError', 'method must be common, ceil or floor')
    }
    const scale = binary('**', 10, digits)
    const whole = Math[method](asDouble(numeric(method, binary('*', value, scale))))
    return binary('/', truncate(whole), scale)
  })
  .add('filesizeformat', ['binary?'], (value, isBinary) => {
    const size = toDouble(value)
    if (size === undefined) throw new PythonError('ValueError', 'a size is needed')
    return fileSize(size, isBinary !== undefined && isTrue(isBinary))
  })
  .build()

function numeric(what: string, value: unknown): Integer | PyFloat {
  const number = asNumeric(value)
  if (number !== undefined) return number
  if (value instanceof Undefined) throw value.error()
  if (value instanceof HostObject && value.isNumber()) return new PyFloat(parseFloat64(value.toText()))
  throw new PythonError('TypeError', `bad operand type for ${what}: '${typeName(value)}'`)
}

/** Jinja2's int filter: a number, a text of one, or undefined where the default stands in. */
function toInteger(value: unknown, base: number): Integer | undefined {
  if (value instanceof Undefined) throw value.error()
  if (typeof value === 'string') return orUndefined(() => parseInteger(value, base)) ?? fromDouble(value)
  const integer = asInteger(value)
  return integer ?? fromDouble(value)
}

function fromDouble(value: unknown): Integer | undefined {
  const double = toDouble(value)
  return double === undefined ? undefined : orUndefined(() => truncate(double))
}

function toDouble(value: unknown): number | undefined {
  if (value instanceof Undefined) throw value.error()
  if (typeof value === 'string') return orUndefined(() => parseFloat64(value))
  if (value instanceof HostObject) return orUndefined(() => parseFloat64(value.toText()))
  const number = asNumeric(value)
  return number === undefined ? undefined : asDouble(number)
}

function orUndefined<T>(attempt: () => T): T | undefined {
  try {
    return attempt()
  } catch (error) {
    if (error instanceof PythonError) return undefined
    throw error
  }
}

function roundHalfEven(number: Integer | PyFloat, digits: number): unknown {
  if (number instanceof PyFloat) return new PyFloat(roundDouble(number.value, digits))
  if (digits >= 0) return number
  const unit = 10n ** BigInt(-digits)
  const whole = BigInt(number)
  const rest = ((whole % unit) + unit) % unit
  const floor = whole - rest
  const up = rest * 2n > unit || (rest * 2n === unit && (floor / unit) % 2n !== 0n)
  return normalize(up ? floor + unit : floor)
}

function fileSize(bytes: number, isBinary: boolean): string {
  const base = isBinary ? 1024 : 1000
  if (bytes === 1) return '1 Byte'
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`
  const units = isBinary
    ? ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']
    : ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB']
  const power = units.findIndex((_unit, index) => bytes < base ** (index + 2))
  const index = power === -1 ? units.length - 1 : power
  return `${fixedDigits((base * bytes) / base ** (index + 2), 1)} ${units[index]}`
}
