import { fromHost } from '../../jinja/values/convert.ts'
import { PyFloat } from '../../jinja/values/float.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject, type HostOperator } from '../../jinja/values/host-object.ts'
import { asInteger } from '../../jinja/values/number.ts'
import { PythonError } from '../../jinja/values/python-error.ts'

/** Digits that results of Python's decimal arithmetic are rounded to, half to even. */
const precision = 28

/** A number with decimal places, as results of queries have them: Python's Decimal. It is `digits` × 10^-`scale`. */
export class DecimalValue extends HostObject {
  readonly #digits: bigint
  readonly #scale: number

  constructor(digits: bigint, scale: number) {
    super()
    this.#digits = digits
    this.#scale = scale
  }

  /** Reads `12.50`, `-1e-7`; undefined for what is no number (NaN, Infinity). */
  static parse(text: string): DecimalValue | undefined {
    const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text.trim())
    if (!match || (match[2] === '' && !match[3])) return undefined
    const [, sign, whole = '', fraction = '', exponent = '0'] = match
    const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n)
    const scale = fraction.length - Number(exponent)
    return scale >= 0 ? new DecimalValue(digits, scale) : new DecimalValue(digits * 10n ** BigInt(-scale), 0)
  }

  override get typeName(): string {
    return 'Decimal'
  }

  override toText(): string {
    const text = String(this.#digits < 0n ? -this.#digits : this.#digits).padStart(this.#scale + 1, '0')
    const sign = this.#digits < 0n ? '-' : ''
    return this.#scale === 0
      ? sign + text
      : `${sign}${text.slice(0, -this.#scale)}.${text.slice(-this.#scale)}`
  }

  override toRepr(): string {
    return `Decimal('${this.toText()}')`
  }

  override isNumber(): boolean {
    return true
  }

  override isTrue(): boolean {
    return this.#digits !== 0n
  }

  override equals(other: unknown): boolean {
    return this.compare(other) === 0
  }

  override hashKey(): unknown {
    const number = Number(this.toText())
    return Number.isSafeInteger(number) ? number : `decimal ${number}`
  }

  override compare(other: unknown): number | undefined {
    const given = decimalOf(other)
    if (!given) return undefined
    const [a, b] = aligned(this, given)
    return a < b ? -1 : a > b ? 1 : 0
  }

  override operate(operator: HostOperator, other: unknown, reflected: boolean): unknown {
    const given = other instanceof PyFloat ? undefined : decimalOf(other)
    if (!given) return undefined
    const [left, right] = reflected ? [given, this] : [this, given]
    const [a, b] = aligned(left, right)
    const scale = Math.max(left.#scale, right.#scale)
    switch (operator) {
      case '+':
        return rounded(a + b, scale)
      case '-':
        return rounded(a - b, scale)
      case '*':
        return rounded(left.#digits * right.#digits, left.#scale + right.#scale)
      case '/':
        return divided(left, right)
      case '//':
      case '%':
        if (b === 0n) throw new PythonError('ZeroDivisionError', 'division by zero')
        return operator === '//' ? new DecimalValue(a / b, 0) : new DecimalValue(a % b, scale)
      case '**':
        return right.#scale === 0 && right.#digits >= 0n
          ? rounded(left.#digits ** right.#digits, left.#scale * Number(right.#digits))
          : undefined
    }
  }

  override getAttribute(name: string): unknown {
    switch (name) {
      case 'normalize':
        return hostFunction(name, () => this.#shortened())
      case 'is_nan':
      case 'is_infinite':
        return hostFunction(name, () => false)
      case 'to_integral_value':
        return hostFunction(name, () => rescaled(this.#digits, this.#scale, 0))
      case 'quantize':
        return hostFunction(name, ([pattern]) => {
          const given = decimalOf(fromHost(pattern))
          return given ? rescaled(this.#digits, this.#scale, given.#scale) : null
        })
      default:
        return undefined
    }
  }

  /** Whether it is no whole number. */
  hasFraction(): boolean {
    return this.#shortened().#scale > 0
  }

  #shortened(): DecimalValue {
    let [digits, scale] = [this.#digits, this.#scale]
    while (scale > 0 && digits % 10n === 0n) {
      digits /= 10n
      scale--
    }
    return new DecimalValue(digits, scale)
  }

  static digitsOf(value: DecimalValue): { readonly digits: bigint; readonly scale: number } {
    return { digits: value.#digits, scale: value.#scale }
  }
}

function decimalOf(value: unknown): DecimalValue | undefined {
  if (value instanceof DecimalValue) return value
  if (value instanceof PyFloat) return DecimalValue.parse(String(value.value))
  const integer = asInteger(value)
  return integer === undefined ? undefined : new DecimalValue(BigInt(integer), 0)
}

/** The digits of both at the finer of their scales. */
function aligned(a: DecimalValue, b: DecimalValue): readonly [bigint, bigint] {
  const [x, y] = [DecimalValue.digitsOf(a), DecimalValue.digitsOf(b)]
  const scale = Math.max(x.scale, y.scale)
  return [x.digits * 10n ** BigInt(scale - x.scale), y.digits * 10n ** BigInt(scale - y.scale)]
}

function divided(left: DecimalValue, right: DecimalValue): DecimalValue {
  const [x, y] = [DecimalValue.digitsOf(left), DecimalValue.digitsOf(right)]
  if (y.digits === 0n) throw new PythonError('ZeroDivisionError', 'division by zero')
  const wanted = x.scale - y.scale
  const extra = precision + String(y.digits).length
  const quotient = (x.digits * 10n ** BigInt(extra)) / y.digits
  const exact = rounded(quotient, wanted + extra)
  // Python gives the fewest places that hold an exact quotient, and no fewer than the operands ask for.
  let { digits, scale } = DecimalValue.digitsOf(exact)
  while (scale > Math.max(0, wanted) && digits % 10n === 0n) {
    digits /= 10n
    scale--
  }
  return new DecimalValue(digits, scale)
}

function rounded(digits: bigint, scale: number): DecimalValue {
  const length = String(digits < 0n ? -digits : digits).length
  const target = Math.min(scale, Math.max(0, scale - (length - precision)))
  if (scale < 0) return new DecimalValue(digits * 10n ** BigInt(-scale), 0)
  return length <= precision ? new DecimalValue(digits, scale) : rescaled(digits, scale, target)
}

/** The nearest number with this many places, halves to even. */
function rescaled(digits: bigint, from: number, to: number): DecimalValue {
  if (to >= from) return new DecimalValue(digits * 10n ** BigInt(to - from), to)
  const unit = 10n ** BigInt(from - to)
  const size = digits < 0n ? -digits : digits
  const quotient = size / unit
  const twice = (size % unit) * 2n
  const up = twice > unit || (twice === unit && quotient % 2n === 1n)
  const result = up ? quotient + 1n : quotient
  return new DecimalValue(digits < 0n ? -result : result, to)
}
