import { DatetimeValue } from '../../../dbt/python/datetime-value.ts'
import { TimedeltaValue } from '../../../dbt/python/timedelta-value.ts'
import { PyFloat } from '../../../jinja/values/float.ts'
import { HostObject, type HostOperator } from '../../../jinja/values/host-object.ts'
import { PythonError } from '../../../jinja/values/python-error.ts'

/** A length of time of which a part counts calendar months. */
export interface Duration {
  readonly months: number
  readonly micros: number
}

const NUMBER = String.raw`(\d+(?:[.,]\d+)?)`
const DURATION = new RegExp(
  `^([+-])?P(?!$)(?:${NUMBER}Y)?(?:${NUMBER}M)?(?:${NUMBER}W)?(?:${NUMBER}D)?(?:T(?=\\d)(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`,
)
const SECOND = 1_000_000
const DAY = 86_400 * SECOND

/** Reads an ISO 8601 duration; undefined when the text is none. */
export function parseDuration(text: string): Duration | undefined {
  const match = DURATION.exec(text.trim())
  if (match === null) return undefined
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(2)
    .map((part) => Number((part ?? '0').replace(',', '.')))
  const sign = match[1] === '-' ? -1 : 1
  const micros =
    weeks! * 7 * DAY + days! * DAY + hours! * 3600 * SECOND + minutes! * 60 * SECOND + seconds! * SECOND
  return { months: sign * Math.round(years! * 12 + months!), micros: sign * Math.round(micros) }
}

/** A moment moved by a duration: by its months first, to the last day of a month that is shorter. */
export function addDuration(moment: DatetimeValue, { months, micros }: Duration, sign = 1): DatetimeValue {
  const moved = months === 0 ? moment : addMonths(moment, sign * months)
  return micros === 0 ? moved : moved.plus(sign * micros)
}

function addMonths(moment: DatetimeValue, months: number): DatetimeValue {
  const date = new Date(moment.wall)
  const first = new Date(moment.wall)
  first.setUTCDate(1)
  first.setUTCMonth(first.getUTCMonth() + months)
  const last = new Date(first)
  last.setUTCMonth(last.getUTCMonth() + 1, 0)
  first.setUTCDate(Math.min(date.getUTCDate(), last.getUTCDate()))
  return new DatetimeValue(first.getTime(), moment.microseconds, moment.zone)
}

/** Python's value of a duration: a timedelta where it counts no months. Throws ValueError for what is no duration. */
export function durationValue(text: string): TimedeltaValue | MonthsValue {
  const duration = parseDuration(text)
  if (duration === undefined) throw new PythonError('ValueError', 'the text is no ISO 8601 duration')
  return duration.months === 0 ? new TimedeltaValue(duration.micros) : new MonthsValue(duration)
}

/** A duration with months in it, as templates add it to a time. */
export class MonthsValue extends HostObject {
  readonly duration: Duration

  constructor(duration: Duration) {
    super()
    this.duration = duration
  }

  override get typeName(): string {
    return 'Duration'
  }

  override toText(): string {
    const { months, micros } = this.duration
    return `${Math.trunc(months / 12)} years, ${months % 12} months, ${new TimedeltaValue(micros).toText()}`
  }

  override getAttribute(name: string): unknown {
    if (name === 'years') return new PyFloat(Math.trunc(this.duration.months / 12))
    return name === 'months' ? new PyFloat(this.duration.months % 12) : undefined
  }

  override operate(operator: HostOperator, other: unknown, reflected: boolean): unknown {
    if (!(other instanceof DatetimeValue)) return undefined
    if (operator === '+') return addDuration(other, this.duration)
    return operator === '-' && reflected ? addDuration(other, this.duration, -1) : undefined
  }
}
