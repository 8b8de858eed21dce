import { DATE_INFINITY, DATE_MINUS_INFINITY, TIMESTAMP_INFINITY, TIMESTAMP_MINUS_INFINITY } from './batch.ts'
import { daysFromCivil } from './civil-date.ts'

const DATE = /^([+-]?\d{4,7})-(\d{2})-(\d{2})$/
const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?$/
const TIMESTAMP = /^([+-]?\d{4,7}-\d{2}-\d{2})[T ](\d{2}:\d{2}[\d:.]*)(Z|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)?$/
const INTERVAL =
  /^P(?=.)(?:(-?\d+)Y)?(?:(-?\d+)M)?(?:(-?\d+)W)?(?:(-?\d+)D)?(?:T(?=.)(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?)(\d+)(?:\.(\d{1,6}))?S)?)?$/
const MICROS_PER_DAY = 86_400_000_000n

export interface IntervalParts {
  readonly months: number
  readonly days: number
  readonly micros: bigint
}

/** Days since 1970-01-01 of an ISO 8601 date or `infinity`; undefined when it is none. */
export function parseDate(text: string): number | undefined {
  if (text === 'infinity') return DATE_INFINITY
  if (text === '-infinity') return DATE_MINUS_INFINITY
  const match = DATE.exec(text)
  if (!match) return undefined
  const days = daysFromCivil({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) })
  return days !== undefined && Math.abs(days) < DATE_INFINITY ? days : undefined
}

/** Microseconds since midnight; 24:00:00 is the last. */
export function parseTime(text: string): bigint | undefined {
  const match = TIME.exec(text)
  if (!match) return undefined
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)]
  if (minutes > 59 || seconds > 59) return undefined
  const micros = BigInt(hours * 3600 + minutes * 60 + seconds) * 1_000_000n + fractionMicros(match[4])
  return micros <= MICROS_PER_DAY ? micros : undefined
}

/** Microseconds since 1970-01-01 of an ISO 8601 timestamp or `infinity`; an offset is taken off, giving UTC. Undefined beyond 64 bits. */
export function parseTimestamp(text: string): bigint | undefined {
  if (text === 'infinity') return TIMESTAMP_INFINITY
  if (text === '-infinity') return TIMESTAMP_MINUS_INFINITY
  const match = TIMESTAMP.exec(text)
  if (!match) return undefined
  const days = parseDate(match[1]!)
  const time = parseTime(match[2]!)
  if (days === undefined || time === undefined) return undefined
  const micros = BigInt(days) * MICROS_PER_DAY + time - offsetMicros(match[3])
  return micros > TIMESTAMP_MINUS_INFINITY && micros < TIMESTAMP_INFINITY ? micros : undefined
}

/** The scaled whole number of decimal text; undefined when it has more decimals than `scale`, other than zeros. */
export function parseDecimal(text: string, scale: number): bigint | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text)
  if (!match || !/\d/.test(text)) return undefined
  const decimals = (match[3] ?? '').replace(/0+$/, '')
  if (decimals.length > scale) return undefined
  const scaled = BigInt(`${match[2]}${decimals.padEnd(scale, '0')}` || '0')
  return match[1] === '-' ? -scaled : scaled
}

/** An ISO 8601 duration, each part with its own sign; undefined beyond 32 bits of months or days, 64 of microseconds. */
export function parseInterval(text: string): IntervalParts | undefined {
  const match = INTERVAL.exec(text)
  if (!match) return undefined
  const [years, months, weeks, days, hours, minutes] = match.slice(1, 7).map((part) => Number(part ?? 0))
  const clock = BigInt(hours! * 3600 + minutes! * 60) * 1_000_000n
  const seconds = BigInt(match[8] ?? 0) * 1_000_000n + fractionMicros(match[9])
  const parts = {
    months: years! * 12 + months!,
    days: weeks! * 7 + days!,
    micros: clock + (match[7] === '-' ? -seconds : seconds),
  }
  const fits = [parts.months, parts.days].every((part) => part === (part | 0))
  return fits && BigInt.asIntN(64, parts.micros) === parts.micros ? parts : undefined
}

/** Bytes of `\x` hex text. */
export function parseBytes(text: string): Uint8Array | undefined {
  return /^\\x(?:[0-9a-f]{2})*$/i.test(text) ? Buffer.from(text.slice(2), 'hex') : undefined
}

/** The sixteen bytes of a UUID in its 8-4-4-4-12 form. */
export function parseUuid(text: string): Uint8Array | undefined {
  const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
  return isUuid ? Buffer.from(text.replaceAll('-', ''), 'hex') : undefined
}

function fractionMicros(digits: string | undefined): bigint {
  return BigInt((digits ?? '').padEnd(6, '0'))
}

function offsetMicros(offset: string | undefined): bigint {
  if (offset === undefined || offset === 'Z') return 0n
  const [hours, minutes, seconds] = [offset.slice(1, 3), ...(offset.slice(3).match(/\d{2}/g) ?? [])].map(
    Number,
  )
  const micros = BigInt(hours! * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1_000_000n
  return offset.startsWith('-') ? -micros : micros
}
