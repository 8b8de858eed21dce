import { formatInterval, formatTimestamp } from '../../batch/format-value.ts'
import { parseTime, parseTimestamp } from '../../batch/parse-value.ts'
import { OID } from '../../postgres-protocol/postgres-types.ts'
import type { Scalar } from '../dialect.ts'

const PARSERS: ReadonlyMap<number, (text: string) => Scalar> = new Map<number, (text: string) => Scalar>([
  [OID.bool, (text) => text === 't'],
  [OID.int2, Number],
  [OID.int4, Number],
  [OID.oid, Number],
  [OID.int8, wholeNumber],
  [OID.float4, (text) => Math.fround(Number(text))],
  [OID.float8, Number],
  [OID.date, isoDate],
  [OID.timestamp, (text) => isoTimestamp(text, false)],
  [OID.timestamptz, (text) => isoTimestamp(text, true)],
  [OID.interval, isoInterval],
])

/**
 * Reads a value's text form, in the styles the session sets (ISO dates, `postgres` intervals, hex bytes), by the
 * conventions of `Executor.rows`. Types without a rule of their own stay text.
 */
export function rowValueParser(oid: number): (text: string) => Scalar {
  return PARSERS.get(oid) ?? ((text) => text)
}

function wholeNumber(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}

/** PostgreSQL counts years before Christ from 1; ISO 8601 has a year 0 and signs. */
function isoDate(text: string): string {
  const match = /^(\d+)(-\d\d-\d\d)( BC)?$/.exec(text)
  if (!match) return text
  const year = match[3] ? 1 - Number(match[1]) : Number(match[1])
  const digits = String(Math.abs(year))
  const isPlain = year >= 0 && year <= 9999
  return `${isPlain ? digits.padStart(4, '0') : `${year < 0 ? '-' : '+'}${digits.padStart(6, '0')}`}${match[2]}`
}

function isoTimestamp(text: string, zoned: boolean): string {
  const match = /^(\d+-\d\d-\d\d) (\S+?)([+-][\d:]+)?( BC)?$/.exec(text)
  if (!match) return text
  const iso = `${isoDate(`${match[1]}${match[4] ?? ''}`)}T${match[2]}${match[3] ?? ''}`
  const micros = parseTimestamp(iso)
  return micros === undefined ? text : formatTimestamp(micros, zoned)
}

/** `1 year -2 mons +3 days -04:05:06.789` */
function isoInterval(text: string): string {
  const part = (unit: string) => Number(new RegExp(String.raw`([+-]?\d+) ${unit}`).exec(text)?.[1] ?? 0)
  const clock = /(-?)(\d+):(\d\d:\d\d(?:\.\d+)?)$/.exec(text)
  if (!clock && !/\d (year|mon|day)/.test(text)) return text
  const hours = BigInt(clock?.[2] ?? 0) * 3_600_000_000n
  const micros = hours + (parseTime(`00:${clock?.[3] ?? '00:00'}`) ?? 0n)
  return formatInterval(part('year') * 12 + part('mon'), part('day'), clock?.[1] ? -micros : micros)
}
