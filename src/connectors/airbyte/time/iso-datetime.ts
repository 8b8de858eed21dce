import { DatetimeValue } from '../../../dbt/python/datetime-value.ts'
import { fixedZone, utc } from '../../../dbt/python/time-zone.ts'
import { PythonError } from '../../../jinja/values/python-error.ts'

const DATE = String.raw`(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?`
const TIME = String.raw`(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,}))?)?)?`
const ZONE = String.raw`(Z|z|[+-]\d{2}(?::?\d{2})?)?`
const PATTERN = new RegExp(`^${DATE}(?:[^0-9]${TIME}${ZONE})?$`)

/** A date or time of ISO 8601, in UTC where it names no zone. Throws ValueError for anything else. */
export function parseIsoDatetime(text: string): DatetimeValue {
  const match = PATTERN.exec(text)
  if (match === null) throw new PythonError('ValueError', 'the text is no date or time of ISO 8601')
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0))
  const wall = Date.UTC(2000, (month || 1) - 1, day || 1, hour!, minute!, second!)
  const date = new Date(wall)
  date.setUTCFullYear(year!)
  const fits =
    (month || 1) <= 12 && date.getUTCDate() === (hour === 24 ? date.getUTCDate() : day || 1) && minute! < 60
  if (!fits || hour! > 24 || second! > 59) {
    throw new PythonError('ValueError', 'the text is no date or time of ISO 8601')
  }
  const micros = Number((match[7] ?? '').slice(0, 6).padEnd(6, '0'))
  const moment = new DatetimeValue(date.getTime(), micros, zoneOf(match[8]))
  return inUtc(moment)
}

/** The same moment on the clock of UTC. */
export function inUtc(moment: DatetimeValue): DatetimeValue {
  return new DatetimeValue(moment.wall - moment.offset * 60_000, moment.microseconds, utc)
}

/** Now, in UTC. */
export function nowInUtc(): DatetimeValue {
  return DatetimeValue.at(Date.now(), utc)
}

function zoneOf(text: string | undefined) {
  if (text === undefined || /^z$/i.test(text)) return utc
  const [hours, minutes] = [text.slice(1, 3), text.slice(3).replace(':', '') || '0'].map(Number)
  const offset = hours! * 60 + minutes!
  return fixedZone(text.startsWith('-') ? -offset : offset)
}
