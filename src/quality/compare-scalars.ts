import type { Scalar } from '../engines/dialect.ts'

type Value = Exclude<Scalar, null>

/**
 * The order of two values of one kind, as a number below, at or above zero. Numbers are compared exactly, however they come (decimals
 * as text, whole numbers as bigint), with NaN above all others, as engines have it; texts of times by their moment; other texts by code point.
 */
export function compareScalars(left: Value, right: Value): number {
  const [a, b] = [numeric(left), numeric(right)]
  if (a !== undefined && b !== undefined) return compareNumbers(a, b)
  const [from, to] = [moment(left), moment(right)]
  if (from !== undefined && to !== undefined) return compare(from, to)
  return compareTexts(String(left), String(right))
}

function compare<T extends number | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** By code point, where comparing strings goes by UTF-16 units. */
function compareTexts(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/

/** A decimal: `units` × 10^-`scale`. */
interface Decimal {
  readonly units: bigint
  readonly scale: number
}

type Numeric = Decimal | number

/** A finite number exactly; NaN and the infinities as numbers; undefined for what is no number. */
function numeric(value: Value): Numeric | undefined {
  if (typeof value === 'bigint') return { units: value, scale: 0 }
  if (typeof value === 'boolean') return undefined
  if (typeof value === 'number' && !Number.isFinite(value)) return value
  if (value === 'NaN') return Number.NaN
  if (value === 'Infinity' || value === '-Infinity') return Number(value)
  const parts = DECIMAL.exec(String(value))
  if (!parts) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts
  const units = BigInt(`${whole}${fraction}`)
  const scale = fraction.length - Number(exponent)
  const shifted = scale < 0 ? units * 10n ** BigInt(-scale) : units
  return { units: sign === '-' ? -shifted : shifted, scale: Math.max(scale, 0) }
}

function compareNumbers(a: Numeric, b: Numeric): number {
  if (typeof a === 'number' || typeof b === 'number') {
    const [x, y] = [roughly(a), roughly(b)]
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y))
    return compare(x, y)
  }
  const scale = Math.max(a.scale, b.scale)
  const units = ({ units, scale: own }: Decimal) => units * 10n ** BigInt(scale - own)
  return compare(units(a), units(b))
}

/** For comparing with what is not finite, where no digit matters. */
function roughly(value: Numeric): number {
  return typeof value === 'number' ? value : Number(value.units > 0n) - Number(value.units < 0n)
}

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/
const NANOSECONDS_PER_MILLISECOND = 1_000_000n

/** Nanoseconds since 1970 of a date or time as text, in UTC unless it says otherwise. */
function moment(value: Value): bigint | undefined {
  const parts = typeof value === 'string' ? MOMENT.exec(value) : null
  if (!parts) return undefined
  const [, date, minutes = '00:00', seconds = '00', fraction = '', zone = 'Z'] = parts
  const offset = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')
  const milliseconds = Date.parse(`${date}T${minutes}:${seconds}${offset}`)
  if (Number.isNaN(milliseconds)) return undefined
  return BigInt(milliseconds) * NANOSECONDS_PER_MILLISECOND + BigInt(fraction.padEnd(9, '0'))
}
