import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import type { Kwargs } from '../../jinja/values/kwargs.ts'
import { asDouble, asNumeric } from '../../jinja/values/number.ts'
import { PythonError } from '../../jinja/values/python-error.ts'
import { Signature } from '../../jinja/values/signature.ts'
import { textOf } from '../../jinja/values/text.ts'
import { dateFields, timeFields } from './date-fields.ts'
import { DateValue } from './date-value.ts'
import { attachedZone, DatetimeValue, zoneArgument } from './datetime-value.ts'
import { strptime } from './strptime.ts'
import { TimeValue } from './time-value.ts'
import { fixedZone, utc } from './time-zone.ts'
import { TimeZoneValue } from './time-zone-value.ts'
import { TimedeltaValue } from './timedelta-value.ts'

type Make = (args: readonly unknown[], kwargs: Kwargs) => unknown

/** A class of Python's: called it makes one, and it has functions of its own. */
class PythonClass extends HostObject {
  readonly #name: string
  readonly #make: Make
  readonly #members: Readonly<Record<string, unknown>>

  constructor(name: string, make: Make, members: Readonly<Record<string, unknown>>) {
    super()
    this.#name = name
    this.#make = make
    this.#members = members
  }

  override get typeName(): string {
    return 'type'
  }

  override call(args: readonly unknown[], kwargs: Kwargs): unknown {
    return this.#make(args, kwargs)
  }

  override getAttribute(name: string): unknown {
    return Object.hasOwn(this.#members, name) ? this.#members[name] : undefined
  }

  override attributeNames(): Iterable<string> {
    return Object.keys(this.#members)
  }

  override toText(): string {
    return `<class '${this.#name}'>`
  }
}

const dateSignature = new Signature('date', ['year', 'month', 'day'])
const timeSignature = new Signature('time', ['hour?', 'minute?', 'second?', 'microsecond?', 'tzinfo?'])
const datetimeSignature = new Signature('datetime', [
  'year',
  'month',
  'day',
  'hour?',
  'minute?',
  'second?',
  'microsecond?',
  'tzinfo?',
])
const strptimeSignature = new Signature('strptime', ['date_string', 'format'])
const timestampSignature = new Signature('fromtimestamp', ['timestamp', 'tz?'])
const nowSignature = new Signature('now', ['tz?'])
const combineSignature = new Signature('combine', ['date', 'time', 'tzinfo?'])
const timezoneSignature = new Signature('timezone', ['offset', 'name?'])
/** Microseconds in each of timedelta's units, in the order of its parameters. */
const units = {
  days: 86_400_000_000,
  seconds: 1_000_000,
  microseconds: 1,
  milliseconds: 1000,
  minutes: 60_000_000,
  hours: 3_600_000_000,
  weeks: 604_800_000_000,
} as const
const timedeltaSignature = new Signature(
  'timedelta',
  Object.keys(units).map((unit) => `${unit}?`),
)

/** `modules.datetime`. `now` is the clock, in milliseconds since 1970. */
export function datetimeModule(now: () => number): Readonly<Record<string, unknown>> {
  const today = () => Math.floor(now() / 86_400_000) * 86_400_000
  const date = new PythonClass('datetime.date', makeDate, {
    today: hostFunction('today', () => new DateValue(today())),
    fromisoformat: hostFunction('fromisoformat', ([text]) => {
      const read = fromIsoText(textOf(text))
      return new DateValue(Math.floor(read.wall / 86_400_000) * 86_400_000)
    }),
    fromtimestamp: hostFunction('fromtimestamp', ([seconds]) => {
      return new DateValue(Math.floor((numeric(seconds) * 1000) / 86_400_000) * 86_400_000)
    }),
    fromordinal: hostFunction(
      'fromordinal',
      ([days]) => new DateValue((numeric(days) - 719_163) * 86_400_000),
    ),
    min: new DateValue(dateFields(1, 1, 1)),
    max: new DateValue(dateFields(9999, 12, 31)),
  })
  const datetime = new PythonClass('datetime.datetime', makeDatetime, {
    now: hostFunction('now', (args, kwargs) => {
      const [zone] = nowSignature.bind(args, kwargs)
      return DatetimeValue.at(now(), zoneArgument(zone))
    }),
    utcnow: hostFunction('utcnow', () => DatetimeValue.at(now())),
    today: hostFunction('today', () => DatetimeValue.at(now())),
    strptime: hostFunction('strptime', (args, kwargs) => {
      const [text, format] = strptimeSignature.bind(args, kwargs)
      if (typeof text !== 'string' || typeof format !== 'string') {
        throw new PythonError('TypeError', 'strptime() needs two texts')
      }
      return strptime(text, format)
    }),
    fromisoformat: hostFunction('fromisoformat', ([text]) => fromIsoText(textOf(text))),
    fromtimestamp: hostFunction('fromtimestamp', (args, kwargs) => {
      const [seconds, zone] = timestampSignature.bind(args, kwargs)
      const micros = Math.round(numeric(seconds) * 1_000_000)
      return DatetimeValue.at(Math.floor(micros / 1000), zoneArgument(zone), positiveRest(micros))
    }),
    utcfromtimestamp: hostFunction('utcfromtimestamp', ([seconds]) => {
      const micros = Math.round(numeric(seconds) * 1_000_000)
      return DatetimeValue.at(Math.floor(micros / 1000), undefined, positiveRest(micros))
    }),
    combine: hostFunction('combine', (args, kwargs) => {
      const [day, time, zone] = combineSignature.bind(args, kwargs)
      if (!(day instanceof DateValue) || !(time instanceof TimeValue)) {
        throw new PythonError('TypeError', 'combine() needs a date and a time')
      }
      const ms = day.ms + Math.floor(time.micros / 1000)
      return new DatetimeValue(ms, time.micros % 1_000_000, attachedZone(zone))
    }),
    min: new DatetimeValue(dateFields(1, 1, 1), 0),
    max: new DatetimeValue(dateFields(9999, 12, 31) + 86_399_000, 999_999),
  })
  const timezone = new PythonClass('datetime.timezone', makeTimezone, { utc: new TimeZoneValue(utc) })
  const time = new PythonClass('datetime.time', makeTime, {
    min: new TimeValue(0),
    max: new TimeValue(86_399_999_999),
  })
  const timedelta = new PythonClass('datetime.timedelta', makeTimedelta, {})
  return { date, datetime, time, timedelta, timezone, tzinfo: null, MINYEAR: 1, MAXYEAR: 9999 }
}

const makeDate: Make = (args, kwargs) => {
  const [year, month, day] = dateSignature.bind(args, kwargs)
  return new DateValue(dateFields(year, month, day))
}

const makeTime: Make = (args, kwargs) => {
  const [hour = 0, minute = 0, second = 0, microsecond = 0] = timeSignature.bind(args, kwargs)
  return new TimeValue(timeFields(hour, minute, second, microsecond))
}

const makeDatetime: Make = (args, kwargs) => {
  const [year, month, day, hour = 0, minute = 0, second = 0, microsecond = 0, zone] = datetimeSignature.bind(
    args,
    kwargs,
  )
  const micros = timeFields(hour, minute, second, microsecond)
  const ms = dateFields(year, month, day) + Math.floor(micros / 1000)
  return new DatetimeValue(ms, micros % 1_000_000, attachedZone(zone))
}

const makeTimedelta: Make = (args, kwargs) => {
  const lengths = timedeltaSignature.bind(args, kwargs)
  const sizes = Object.values(units)
  const micros = lengths.reduce<number>(
    (sum, length, index) => sum + (length === undefined ? 0 : numeric(length) * sizes[index]!),
    0,
  )
  return new TimedeltaValue(Math.round(micros))
}

const makeTimezone: Make = (args, kwargs) => {
  const [offset, name] = timezoneSignature.bind(args, kwargs)
  if (!(offset instanceof TimedeltaValue)) {
    throw new PythonError('TypeError', 'timezone() needs a timedelta')
  }
  return new TimeZoneValue(fixedZone(offset.micros / 60_000_000, typeof name === 'string' ? name : undefined))
}

function numeric(value: unknown): number {
  const number = asNumeric(value)
  if (number === undefined) throw new PythonError('TypeError', 'a number is required')
  return asDouble(number)
}

function positiveRest(micros: number): number {
  return ((micros % 1_000_000) + 1_000_000) % 1_000_000
}

/** `2024-02-29`, `2024-02-29T13:14:15.5+02:00`. Throws ValueError. */
export function fromIsoText(text: string): DatetimeValue {
  const match =
    /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d\d:?(?:\d\d)?)?)?$/.exec(
      text,
    )
  if (!match) throw new PythonError('ValueError', `Invalid isoformat string: '${text}'`)
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match
  const micros = timeFields(
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.padEnd(6, '0').slice(0, 6)),
  )
  const ms = dateFields(Number(year), Number(month), Number(day)) + Math.floor(micros / 1000)
  return new DatetimeValue(ms, micros % 1_000_000, zone === undefined ? undefined : isoZone(zone))
}

function isoZone(text: string) {
  if (text === 'Z') return utc
  const digits = text.replace(':', '')
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5) || '0')
  return fixedZone(digits.startsWith('-') ? -minutes : minutes)
}
