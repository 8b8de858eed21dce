import { DATE_INFINITY, DATE_MINUS_INFINITY, TIMESTAMP_INFINITY, TIMESTAMP_MINUS_INFINITY } from './batch.ts'
import { civilFromDays } from './civil-date.ts'

const MICROS_PER_DAY = 86_400_000_000n

/** ISO 8601: years outside 0 to 9999 have a sign and at least six digits. Infinities by name. */
export function formatDate(days: number): string {
  if (days === DATE_INFINITY) return 'infinity'
  if (days === DATE_MINUS_INFINITY) return '-infinity'
  const { year, month, day } = civilFromDays(days)
  return `${formatYear(year)}-${twoDigits(month)}-${twoDigits(day)}`
}

/** `HH:MM:SS`, with a fraction of up to six digits when there is one; 24:00:00 is the end of the day. */
export function formatTime(micros: bigint): string {
  const seconds = Number(micros / 1_000_000n)
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map(twoDigits)
    .join(':')
  return clock + fraction(micros % 1_000_000n)
}

/** `YYYY-MM-DDTHH:MM:SS`, with a fraction when there is one, and Z when `zoned`. Infinities by name. */
export function formatTimestamp(micros: bigint, zoned: boolean): string {
  if (micros === TIMESTAMP_INFINITY) return 'infinity'
  if (micros === TIMESTAMP_MINUS_INFINITY) return '-infinity'
  const timeOfDay = ((micros % MICROS_PER_DAY) + MICROS_PER_DAY) % MICROS_PER_DAY
  const days = Number((micros - timeOfDay) / MICROS_PER_DAY)
  return `${formatDate(days)}T${formatTime(timeOfDay)}${zoned ? 'Z' : ''}`
}

/** A scaled whole number as exact decimal text: 1234 with scale 2 is `12.34`. */
export function formatDecimal(scaled: bigint, scale: number): string {
  if (scale === 0) return String(scaled)
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(scale + 1, '0')
  const point = digits.length - scale
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** ISO 8601 duration with the sign on each part, as PostgreSQL's `iso_8601` style: `P1Y-2M3DT-4H5M6.5S`. */
export function formatInterval(months: number, days: number, micros: bigint): string {
  const date = part(Math.trunc(months / 12), 'Y') + part(months % 12, 'M') + part(days, 'D')
  const seconds = micros / 1_000_000n
  const secondOfMinute = seconds % 60n
  const rest = micros % 1_000_000n
  const sign = secondOfMinute === 0n && rest < 0n ? '-' : ''
  const isWhole = secondOfMinute === 0n && rest === 0n
  const time =
    part(Number(seconds / 3600n), 'H') +
    part(Number((seconds / 60n) % 60n), 'M') +
    (isWhole ? '' : `${sign}${secondOfMinute}${fraction(rest < 0n ? -rest : rest)}S`)
  if (date === '' && time === '') return 'PT0S'
  return `P${date}${time === '' ? '' : `T${time}`}`
}

/** `\x` and two hex digits per byte. */
export function formatBytes(bytes: Uint8Array): string {
  return `\\x${asBuffer(bytes).toString('hex')}`
}

/** The 8-4-4-4-12 form of sixteen bytes. */
export function formatUuid(bytes: Uint8Array): string {
  return asBuffer(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function formatYear(year: number): string {
  if (year >= 0 && year <= 9999) return String(year).padStart(4, '0')
  return `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

function fraction(micros: bigint): string {
  return micros === 0n ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`
}

function part(value: number, unit: string): string {
  return value === 0 ? '' : `${value}${unit}`
}
