import { asInteger } from '../../jinja/values/number.ts'
import { PythonError } from '../../jinja/values/python-error.ts'

/** Milliseconds since 1970 of midnight on a day. Throws ValueError for a day that no calendar has. */
export function dateFields(year: unknown, month: unknown, day: unknown): number {
  const [y, m, d] = [whole('year', year, 1, 9999), whole('month', month, 1, 12), whole('day', day, 1, 31)]
  const date = new Date(0)
  date.setUTCFullYear(y, m - 1, d)
  if (date.getUTCDate() !== d) throw new PythonError('ValueError', 'day is out of range for month')
  return date.getTime()
}

/** Microseconds since midnight. */
export function timeFields(hour: unknown, minute: unknown, second: unknown, microsecond: unknown): number {
  const seconds =
    whole('hour', hour, 0, 23) * 3600 + whole('minute', minute, 0, 59) * 60 + whole('second', second, 0, 59)
  return seconds * 1_000_000 + whole('microsecond', microsecond, 0, 999_999)
}

function whole(name: string, value: unknown, least: number, most: number): number {
  const integer = asInteger(value)
  if (integer === undefined) throw new PythonError('TypeError', `an integer is required as ${name}`)
  if (integer < least || integer > most) {
    throw new PythonError('ValueError', `${name} must be in ${least}..${most}`)
  }
  return Number(integer)
}
