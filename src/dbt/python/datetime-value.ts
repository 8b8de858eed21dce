import { PyFloat } from '../../jinja/values/float.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject, type HostOperator } from '../../jinja/values/host-object.ts'
import type { Kwargs } from '../../jinja/values/kwargs.ts'
import { PythonError } from '../../jinja/values/python-error.ts'
import { Signature } from '../../jinja/values/signature.ts'
import { PyTuple } from '../../jinja/values/tuple.ts'
import { dateFields, timeFields } from './date-fields.ts'
import { DateValue, isoDay } from './date-value.ts'
import { isoWeek, strftime, type WallClock } from './strftime.ts'
import { TimeValue } from './time-value.ts'
import { offsetOfWall, offsetText, type TimeZone, zoneAt } from './time-zone.ts'
import { TimeZoneValue } from './time-zone-value.ts'
import { TimedeltaValue } from './timedelta-value.ts'

type Method = (self: DatetimeValue, args: readonly unknown[], kwargs: Kwargs) => unknown

const fieldNames = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const
const replaceSignature = new Signature('replace', [...fieldNames.map((name) => `${name}?`), 'tzinfo?'])
const isoformatSignature = new Signature('isoformat', ['sep?', 'timespec?'])
const strftimeSignature = new Signature('strftime', ['format'])
const zoneSignature = new Signature('astimezone', ['tz?'])

/** Python's datetime: a wall clock, naive or in a zone. */
export class DatetimeValue extends HostObject {
  /** The wall clock as milliseconds since 1970, whole ones. */
  readonly wall: number
  /** What the milliseconds leave out of the second: 0 to 999,999. */
  readonly microseconds: number
  readonly zone: TimeZone | undefined

  constructor(wall: number, microseconds: number, zone?: TimeZone) {
    super()
    this.wall = Math.floor(wall / 1000) * 1000
    this.microseconds = microseconds
    this.zone = zone
  }

  /** The moment of a Date, in a zone or naive. */
  static at(ms: number, zone?: TimeZone, micros = (((ms % 1000) + 1000) % 1000) * 1000): DatetimeValue {
    const offset = zone?.offsetAt(ms) ?? 0
    return new DatetimeValue(ms + offset * 60_000, micros, zone && zoneAt(zone, ms))
  }

  override get typeName(): string {
    return 'datetime.datetime'
  }

  /** Minutes east of UTC; 0 for a naive one. */
  get offset(): number {
    return this.zone ? offsetOfWall(this.zone, this.wall) : 0
  }

  /** Microseconds since 1970 UTC. */
  get micros(): number {
    return (this.wall - this.offset * 60_000) * 1000 + this.microseconds
  }

  override getAttribute(name: string): unknown {
    const date = new Date(this.wall)
    switch (name) {
      case 'year':
        return date.getUTCFullYear()
      case 'month':
        return date.getUTCMonth() + 1
      case 'day':
        return date.getUTCDate()
      case 'hour':
        return date.getUTCHours()
      case 'minute':
        return date.getUTCMinutes()
      case 'second':
        return date.getUTCSeconds()
      case 'microsecond':
        return this.microseconds
      case 'tzinfo':
        return this.zone ? new TimeZoneValue(this.zone) : null
    }
    if (!Object.hasOwn(methods, name)) return undefined
    return hostFunction(name, (args, kwargs) => methods[name]!(this, args, kwargs))
  }

  override attributeNames(): Iterable<string> {
    return [...fieldNames, 'tzinfo', ...Object.keys(methods)]
  }

  override toText(): string {
    return this.isoText(' ')
  }

  override toRepr(): string {
    const date = new Date(this.wall)
    const fields = [
      date.getUTCFullYear(),
      date.getUTCMonth() + 1,
      date.getUTCDate(),
      date.getUTCHours(),
      date.getUTCMinutes(),
    ]
    const seconds = date.getUTCSeconds()
    if (seconds > 0 || this.microseconds > 0) fields.push(seconds)
    if (this.microseconds > 0) fields.push(this.microseconds)
    const zone = this.zone ? `, tzinfo=<${this.zone.name}>` : ''
    return `datetime.datetime(${fields.join(', ')}${zone})`
  }

  override equals(other: unknown): boolean {
    if (!(other instanceof DatetimeValue)) return false
    return (other.zone === undefined) === (this.zone === undefined) && other.micros === this.micros
  }

  override hashKey(): unknown {
    return `datetime ${this.micros} ${this.zone !== undefined}`
  }

  override compare(other: unknown): number | undefined {
    if (!(other instanceof DatetimeValue)) return undefined
    if ((other.zone === undefined) !== (this.zone === undefined)) {
      throw new PythonError('TypeError', "can't compare offset-naive and offset-aware datetimes")
    }
    return this.micros - other.micros
  }

  override operate(operator: HostOperator, other: unknown, reflected: boolean): unknown {
    if (other instanceof TimedeltaValue) {
      if (operator === '+') return this.plus(other.micros)
      if (operator === '-' && !reflected) return this.plus(-other.micros)
    }
    if (other instanceof DatetimeValue && operator === '-') {
      if ((other.zone === undefined) !== (this.zone === undefined)) {
        throw new PythonError('TypeError', "can't subtract offset-naive and offset-aware datetimes")
      }
      const [a, b] = reflected ? [other, this] : [this, other]
      return new TimedeltaValue(a.micros - b.micros)
    }
    return undefined
  }

  /** The wall clock so much later, as Python adds: zones do not matter. */
  plus(micros: number): DatetimeValue {
    const total = this.microseconds + micros
    const seconds = Math.floor(total / 1_000_000)
    return new DatetimeValue(this.wall + seconds * 1000, total - seconds * 1_000_000, this.zone)
  }

  clock(): WallClock {
    const { zone } = this
    return {
      date: new Date(this.wall),
      microseconds: this.microseconds,
      offset: zone ? offsetText(this.offset, '') : '',
      zone: zone ? zone.abbreviationAt(this.wall - this.offset * 60_000) : '',
    }
  }

  isoText(separator: string, timespec = 'auto'): string {
    const offset = this.zone ? offsetText(this.offset, ':') : ''
    return (
      strftime(this.clock(), `${isoDay(this.wall)}${separator}${timeFormat(timespec, this.microseconds)}`) +
      offset
    )
  }
}

/** The directives of a time of day to this precision, as isoformat() takes it. */
function timeFormat(timespec: string, microseconds: number): string {
  switch (timespec) {
    case 'hours':
      return '%H'
    case 'minutes':
      return '%H:%M'
    case 'seconds':
      return '%H:%M:%S'
    case 'milliseconds':
      return `%H:%M:%S.${String(Math.floor(microseconds / 1000)).padStart(3, '0')}`
    default:
      return microseconds === 0 && timespec === 'auto' ? '%H:%M:%S' : '%H:%M:%S.%f'
  }
}

/** The zone of a wall clock that is said to be in it: pytz lets no moment decide then. Throws TypeError. */
export function attachedZone(value: unknown): TimeZone | undefined {
  const zone = zoneArgument(value)
  return zone?.unlocalized ?? zone
}

/** The zone an argument names. Throws TypeError. */
export function zoneArgument(value: unknown): TimeZone | undefined {
  if (value === undefined || value === null) return undefined
  if (value instanceof TimeZoneValue) return value.zone
  throw new PythonError('TypeError', 'tzinfo argument must be None or of a tzinfo subclass')
}

const methods: Readonly<Record<string, Method>> = {
  isoformat: (self, args, kwargs) => {
    const [separator = 'T', timespec = 'auto'] = isoformatSignature.bind(args, kwargs)
    return self.isoText(String(separator), String(timespec))
  },
  strftime: (self, args, kwargs) => {
    const [format] = strftimeSignature.bind(args, kwargs)
    return strftime(self.clock(), String(format))
  },
  timestamp: (self) => new PyFloat(self.micros / 1_000_000),
  date: (self) => new DateValue(Math.floor(self.wall / 86_400_000) * 86_400_000),
  time: (self) => new TimeValue(microsOfDay(self)),
  weekday: (self) => (new Date(self.wall).getUTCDay() + 6) % 7,
  isoweekday: (self) => new Date(self.wall).getUTCDay() || 7,
  isocalendar: (self) => {
    const { year, week } = isoWeek(new Date(self.wall))
    return new PyTuple([year, week, new Date(self.wall).getUTCDay() || 7])
  },
  toordinal: (self) => Math.floor(self.wall / 86_400_000) + 719_163,
  utcoffset: (self) => (self.zone ? new TimedeltaValue(self.offset * 60_000_000) : null),
  tzname: (self) => (self.zone ? self.clock().zone : null),
  astimezone: (self, args, kwargs) => {
    const [zone] = zoneSignature.bind(args, kwargs)
    const target = zoneArgument(zone)
    const ms = Math.floor(self.micros / 1000)
    return target ? DatetimeValue.at(ms, target, self.microseconds) : self
  },
  replace: (self, args, kwargs) => {
    const [year, month, day, hour, minute, second, microsecond] = replaceSignature.bind(args, kwargs)
    const date = new Date(self.wall)
    const ms = dateFields(
      year ?? date.getUTCFullYear(),
      month ?? date.getUTCMonth() + 1,
      day ?? date.getUTCDate(),
    )
    const micros = timeFields(
      hour ?? date.getUTCHours(),
      minute ?? date.getUTCMinutes(),
      second ?? date.getUTCSeconds(),
      microsecond ?? self.microseconds,
    )
    const zone = 'tzinfo' in kwargs ? attachedZone(kwargs['tzinfo']) : self.zone
    return new DatetimeValue(ms + Math.floor(micros / 1000), micros % 1_000_000, zone)
  },
}

function microsOfDay(self: DatetimeValue): number {
  return (self.wall - Math.floor(self.wall / 86_400_000) * 86_400_000) * 1000 + self.microseconds
}
