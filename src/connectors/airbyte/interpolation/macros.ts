import { randomUUID } from 'node:crypto'
import { DateValue } from '../../../dbt/python/date-value.ts'
import { DatetimeValue } from '../../../dbt/python/datetime-value.ts'
import { strptime } from '../../../dbt/python/strptime.ts'
import { namedZone, utc } from '../../../dbt/python/time-zone.ts'
import { integerArgument, textArgument } from '../../../jinja/values/argument.ts'
import { PyFloat } from '../../../jinja/values/float.ts'
import { type HostFunction, hostFunction } from '../../../jinja/values/host-function.ts'
import { truncate } from '../../../jinja/values/integer.ts'
import { iterate } from '../../../jinja/values/iterate.ts'
import { asNumeric } from '../../../jinja/values/number.ts'
import { inOrder } from '../../../jinja/values/order.ts'
import { PythonError } from '../../../jinja/values/python-error.ts'
import { Signature } from '../../../jinja/values/signature.ts'
import { formatDatetime, parseByFormat } from '../time/datetime-format.ts'
import { durationValue } from '../time/duration.ts'
import { nowInUtc, parseIsoDatetime } from '../time/iso-datetime.ts'

const MICROS_PER_DAY = 86_400_000_000

/** The functions that templates of manifests may call, by name. */
export const macros: Readonly<Record<string, HostFunction>> = Object.freeze({
  now_utc: define('now_utc', [], () => nowInUtc()),
  today_utc: define('today_utc', [], () => dayOf(nowInUtc())),
  today_with_timezone: define('today_with_timezone', ['timezone'], (zone) =>
    dayOf(DatetimeValue.at(Date.now(), namedZone(textArgument(zone)))),
  ),
  timestamp: define('timestamp', ['dt'], (given) => {
    if (typeof given === 'number' || typeof given === 'bigint') return given
    if (given instanceof PyFloat) return truncate(given.value)
    return new PyFloat(parseIsoDatetime(textArgument(given)).micros / 1_000_000)
  }),
  str_to_datetime: define('str_to_datetime', ['s'], (text) => parseIsoDatetime(textArgument(text))),
  max: define('max', ['*args'], (given) => extreme(given, '>')),
  min: define('min', ['*args'], (given) => extreme(given, '<')),
  day_delta: define('day_delta', ['num_days', 'format?'], (days, format) =>
    formatDatetime(
      nowInUtc().plus(integerArgument(days) * MICROS_PER_DAY),
      textArgument(format, '%Y-%m-%dT%H:%M:%S.%f%z'),
    ),
  ),
  duration: define('duration', ['datestring'], (text) => durationValue(textArgument(text))),
  format_datetime: define('format_datetime', ['dt', 'format', 'input_format?'], reformat),
  sanitize_url: define('sanitize_url', ['value'], (value) => quotePlus(textArgument(value))),
  camel_case_to_snake_case: define('camel_case_to_snake_case', ['value'], (value) =>
    textArgument(value)
      .replace(/(?<!^)(?=[A-Z])/g, '_')
      .toLowerCase(),
  ),
  generate_uuid: define('generate_uuid', [], () => randomUUID()),
})

function define(
  name: string,
  parameters: readonly string[],
  run: (...args: readonly unknown[]) => unknown,
): HostFunction {
  const signature = new Signature(name, parameters)
  return hostFunction(name, (args, kwargs) => run(...signature.bind(args, kwargs)))
}

function dayOf(moment: DatetimeValue): DateValue {
  return new DateValue(Math.floor(moment.wall / 86_400_000) * 86_400_000)
}

function extreme(given: unknown, order: '<' | '>'): unknown {
  const args = iterate(given)
  const items = [...args]
  const [first, ...others] = items.length === 1 ? [...iterate(items[0])] : items
  if (first === undefined) throw new PythonError('ValueError', 'an empty sequence has no greatest item')
  return others.reduce((best, item) => (inOrder(order, item, best) ? item : best), first)
}

function reformat(given: unknown, format: unknown, inputFormat: unknown): unknown {
  const wanted = textArgument(format)
  if (given instanceof DatetimeValue) return formatDatetime(given, wanted)
  const from = inputFormat === undefined || inputFormat === null ? undefined : textArgument(inputFormat)
  if (asNumeric(given) !== undefined) return formatDatetime(parseByFormat(given, from ?? '%s'), wanted)
  const text = textArgument(given)
  const read = from === undefined ? parseIsoDatetime(text) : strptime(text, from)
  const zoned = read.zone === undefined ? new DatetimeValue(read.wall, read.microseconds, utc) : read
  return formatDatetime(zoned, wanted)
}

/** As forms escape: a space is a plus. */
export function quotePlus(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}
