import { DatetimeValue } from '../../../dbt/python/datetime-value.ts'
import { strftime } from '../../../dbt/python/strftime.ts'
import { strptime } from '../../../dbt/python/strptime.ts'
import { utc } from '../../../dbt/python/time-zone.ts'
import { PyFloat } from '../../../jinja/values/float.ts'
import { PythonError } from '../../../jinja/values/python-error.ts'
import { textOf } from '../../../jinja/values/text.ts'

/**
 * Reads a time by a format of strptime, or by one that manifests add: `%s`, `%s_as_float`, `%ms` and
 * `%epoch_microseconds` count from 1970, `%_ms` stands for milliseconds. Without a zone it is UTC. Throws ValueError.
 */
export function parseByFormat(value: unknown, format: string): DatetimeValue {
  switch (format) {
    case '%s':
      return fromMicros(wholeNumber(value) * 1_000_000)
    case '%s_as_float':
      return fromMicros(Math.round(anyNumber(value) * 1_000_000))
    case '%epoch_microseconds':
      return fromMicros(wholeNumber(value))
    case '%ms':
      return fromMicros(wholeNumber(value) * 1000)
  }
  const read = strptime(textOf(value), format.replaceAll('%_ms', '%f'))
  return read.zone === undefined ? new DatetimeValue(read.wall, read.microseconds, utc) : read
}

/** Writes a time by such a format. */
export function formatDatetime(moment: DatetimeValue, format: string): string {
  switch (format) {
    case '%s':
      return String(Math.trunc(moment.micros / 1_000_000))
    case '%s_as_float':
      return textOf(new PyFloat(moment.micros / 1_000_000))
    case '%epoch_microseconds':
      return String(moment.micros)
    case '%ms':
      return String(Math.trunc(moment.micros / 1000))
  }
  if (!format.includes('%_ms')) return strftime(moment.clock(), format)
  const milliseconds = String(Math.floor(moment.microseconds / 1000)).padStart(3, '0')
  return strftime(moment.clock(), format.replaceAll('%_ms', milliseconds))
}

function fromMicros(micros: number): DatetimeValue {
  if (!Number.isSafeInteger(micros)) throw new PythonError('ValueError', 'the time is out of range')
  const seconds = Math.floor(micros / 1_000_000)
  return new DatetimeValue(seconds * 1000, micros - seconds * 1_000_000, utc)
}

function wholeNumber(value: unknown): number {
  if (typeof value === 'number') return Math.trunc(value)
  if (value instanceof PyFloat) return Math.trunc(value.value)
  const text = textOf(value).trim()
  if (!/^[+-]?\d+$/.test(text)) throw new PythonError('ValueError', 'the text is no whole number')
  return Number(text)
}

function anyNumber(value: unknown): number {
  const number = value instanceof PyFloat ? value.value : Number(textOf(value))
  if (!Number.isFinite(number)) throw new PythonError('ValueError', 'the text is no number')
  return number
}
