import type { BinaryOperator } from '../ast/operator.ts'
import { PyFloat } from './float.ts'
import { HostObject } from './host-object.ts'
import { type Integer, normalize } from './integer.ts'
import { asDouble, asInteger, asNumeric, integerResult, type Numeric } from './number.ts'
import { percentFormat } from './percent-format.ts'
import { PythonError } from './python-error.ts'
import { PySet } from './set.ts'
import { PyTuple } from './tuple.ts'
import { typeName } from './type-name.ts'
import { Undefined } from './undefined.ts'

/** Results beyond these sizes are refused rather than computed: a template has no use for them. */
const longestRepeat = 64 * 1024 * 1024
const largestPowerBits = 1_000_000

/** Python's binary operators. Throws TypeError, ZeroDivisionError and the like as PythonError. */
export function binary(operator: BinaryOperator, left: unknown, right: unknown): unknown {
  if (operator === '%' && typeof left === 'string') return percentFormat(left, right)
  const x = asNumeric(left)
  const y = asNumeric(right)
  if (x !== undefined && y !== undefined) return numeric(operator, x, y)
  if (left instanceof Undefined) throw left.error()
  if (right instanceof Undefined) throw right.error()
  if (left instanceof HostObject) {
    const result = left.operate(operator, right, false)
    if (result !== undefined) return result
  }
  if (right instanceof HostObject) {
    const result = right.operate(operator, left, true)
    if (result !== undefined) return result
  }
  const result = ofSequences(operator, left, right)
  if (result === undefined) throw unsupported(operator, left, right)
  return result
}

/** Python's unary minus and plus. */
export function unary(operator: '-' | '+', operand: unknown): unknown {
  const value = asNumeric(operand)
  if (value === undefined) {
    if (operand instanceof Undefined) throw operand.error()
    if (operand instanceof HostObject && operand.isNumber()) {
      const result = operator === '+' ? operand : operand.operate('-', 0, true)
      if (result !== undefined) return result
    }
    throw new PythonError('TypeError', `bad operand type for unary ${operator}: '${typeName(operand)}'`)
  }
  if (operator === '+') return value
  if (value instanceof PyFloat) return new PyFloat(-value.value)
  return typeof value === 'bigint' ? -value : 0 - value
}

function ofSequences(operator: BinaryOperator, left: unknown, right: unknown): unknown {
  if (operator === '+') {
    if (typeof left === 'string' && typeof right === 'string') return left + right
    if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right]
    if (left instanceof PyTuple && right instanceof PyTuple)
      return new PyTuple([...left.items, ...right.items])
  }
  if (operator === '-' && left instanceof PySet && right instanceof PySet) {
    return new PySet([...left].filter((item) => !right.has(item)))
  }
  if (operator === '*') return repeat(left, right) ?? repeat(right, left)
  return undefined
}

function repeat(sequence: unknown, times: unknown): unknown {
  const count = asInteger(times)
  if (count === undefined) return undefined
  const copies = Math.max(0, Number(count))
  const check = (length: number) => {
    if (length * copies > longestRepeat)
      throw new PythonError('LimitError', 'the repeated sequence is too long')
  }
  if (typeof sequence === 'string') {
    check(sequence.length)
    return sequence.repeat(copies)
  }
  const items = Array.isArray(sequence) ? sequence : sequence instanceof PyTuple ? sequence.items : undefined
  if (!items) return undefined
  check(items.length)
  const repeated = Array.from({ length: copies }, () => items).flat()
  return Array.isArray(sequence) ? repeated : new PyTuple(repeated)
}

function unsupported(operator: BinaryOperator, left: unknown, right: unknown): PythonError {
  const [a, b] = [typeName(left), typeName(right)]
  if (operator === '+' && (a === 'str' || a === 'list' || a === 'tuple')) {
    return new PythonError('TypeError', `can only concatenate ${a} (not "${b}") to ${a}`)
  }
  const sign = operator === '**' ? '** or pow()' : operator
  return new PythonError('TypeError', `unsupported operand type(s) for ${sign}: '${a}' and '${b}'`)
}

function numeric(operator: BinaryOperator, x: Numeric, y: Numeric): unknown {
  if (x instanceof PyFloat || y instanceof PyFloat)
    return new PyFloat(onDoubles(operator, asDouble(x), asDouble(y)))
  return onIntegers(operator, x, y)
}

function onDoubles(operator: BinaryOperator, x: number, y: number): number {
  switch (operator) {
    case '+':
      return x + y
    case '-':
      return x - y
    case '*':
      return x * y
    case '/':
      if (y === 0) throw new PythonError('ZeroDivisionError', 'float division by zero')
      return x / y
    case '//':
      if (y === 0) throw new PythonError('ZeroDivisionError', 'float floor division by zero')
      return floorQuotient(x, y)
    case '%':
      if (y === 0) throw new PythonError('ZeroDivisionError', 'float modulo')
      return modulo(x, y)
    case '**':
      return doublePower(x, y)
  }
}

function modulo(x: number, y: number): number {
  const remainder = x % y
  if (remainder === 0) return y < 0 ? -0 : 0
  return remainder < 0 === y < 0 ? remainder : remainder + y
}

/** As CPython: from the exact remainder, so that 1 // 0.1 is 9. */
function floorQuotient(x: number, y: number): number {
  const quotient = (x - modulo(x, y)) / y
  const floor = Math.floor(quotient)
  return quotient - floor > 0.5 ? floor + 1 : floor
}

function doublePower(x: number, y: number): number {
  if (x === 0 && y < 0) {
    throw new PythonError('ZeroDivisionError', '0.0 cannot be raised to a negative power')
  }
  if (x === 1) return 1
  if (x < 0 && !Number.isInteger(y) && Number.isFinite(x) && Number.isFinite(y)) {
    throw new PythonError('ValueError', 'a negative number to a fractional power is a complex number')
  }
  const result = x ** y
  if (!Number.isFinite(result) && Number.isFinite(x) && Number.isFinite(y)) {
    throw new PythonError('OverflowError', "(34, 'Numerical result out of range')")
  }
  return result
}

function onIntegers(operator: BinaryOperator, x: Integer, y: Integer): unknown {
  switch (operator) {
    case '+':
      return integerResult(
        x,
        y,
        (a, b) => a + b,
        (a, b) => a + b,
      )
    case '-':
      return integerResult(
        x,
        y,
        (a, b) => a - b,
        (a, b) => a - b,
      )
    case '*':
      return integerResult(
        x,
        y,
        (a, b) => a * b,
        (a, b) => a * b,
      )
    case '/':
      if (Number(y) === 0) throw new PythonError('ZeroDivisionError', 'division by zero')
      return new PyFloat(Number(x) / Number(y))
    case '//':
      if (Number(y) === 0) throw new PythonError('ZeroDivisionError', 'integer division or modulo by zero')
      return floorDivide(x, y).quotient
    case '%':
      if (Number(y) === 0) throw new PythonError('ZeroDivisionError', 'integer modulo by zero')
      return floorDivide(x, y).remainder
    case '**':
      return integerPower(x, y)
  }
}

function floorDivide(x: Integer, y: Integer): { quotient: Integer; remainder: Integer } {
  if (typeof x === 'number' && typeof y === 'number') {
    const remainder = modulo(x, y) + 0
    return { quotient: (x - remainder) / y + 0, remainder: remainder === 0 ? 0 : remainder }
  }
  const [a, b] = [BigInt(x), BigInt(y)]
  const rest = a % b
  const remainder = rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest
  return {
    quotient: normalize((a - remainder) / b),
    remainder: normalize(remainder),
  }
}

function integerPower(x: Integer, y: Integer): unknown {
  if (y < 0) return new PyFloat(doublePower(Number(x), Number(y)))
  const bits = (typeof x === 'bigint' ? x.toString(2).length : Math.log2(Math.abs(x) + 1)) * Number(y)
  if (bits > largestPowerBits) throw new PythonError('LimitError', 'the power is too large')
  return bits <= 53 ? Number(x) ** Number(y) : normalize(BigInt(x) ** BigInt(y))
}
