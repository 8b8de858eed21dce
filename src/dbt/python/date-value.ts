import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject, type HostOperator } from '../../jinja/values/host-object.ts'
import { Signature } from '../../jinja/values/signature.ts'
import { PyTuple } from '../../jinja/values/tuple.ts'
import { dateFields } from './date-fields.ts'
import { isoWeek, strftime, type WallClock } from './strftime.ts'
import { TimedeltaValue } from './timedelta-value.ts'

const day = 86_400_000
const replaceSignature = new Signature('replace', ['year?', 'month?', 'day?'])
const strftimeSignature = new Signature('strftime', ['format'])

/** A day as ISO 8601 has it, from milliseconds since 1970. */
export function isoDay(ms: number): string {
  const date = new Date(ms)
  const two = (n: number) => String(n).padStart(2, '0')
  const year = String(date.getUTCFullYear()).padStart(4, '0')
  return `${year}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`
}

/** Python's date. */
export class DateValue extends HostObject {
  /** Milliseconds since 1970, at midnight. */
  readonly ms: number

  constructor(ms: number) {
    super()
    this.ms = ms
  }

  override get typeName(): string {
    return 'datetime.date'
  }

  override getAttribute(name: string): unknown {
    const date = new Date(this.ms)
    switch (name) {
      case 'year':
        return date.getUTCFullYear()
      case 'month':
        return date.getUTCMonth() + 1
      case 'day':
        return date.getUTCDate()
      case 'isoformat':
      case '__str__':
        return hostFunction(name, () => this.toText())
      case 'strftime':
        return hostFunction(name, (args, kwargs) => {
          const [format] = strftimeSignature.bind(args, kwargs)
          return strftime(this.#clock(), String(format))
        })
      case 'weekday':
        return hostFunction(name, () => (date.getUTCDay() + 6) % 7)
      case 'isoweekday':
        return hostFunction(name, () => date.getUTCDay() || 7)
      case 'isocalendar':
        return hostFunction(name, () => {
          const { year, week } = isoWeek(date)
          return new PyTuple([year, week, date.getUTCDay() || 7])
        })
      case 'toordinal':
        return hostFunction(name, () => Math.floor(this.ms / day) + 719_163)
      case 'replace':
        return hostFunction(name, (args, kwargs) => {
          const [year, month, dayOfMonth] = replaceSignature.bind(args, kwargs)
          return new DateValue(
            dateFields(
              year ?? date.getUTCFullYear(),
              month ?? date.getUTCMonth() + 1,
              dayOfMonth ?? date.getUTCDate(),
            ),
          )
        })
      default:
        return undefined
    }
  }

  override attributeNames(): Iterable<string> {
    return ['year', 'month', 'day', 'isoformat', 'strftime', 'weekday', 'isoweekday', 'replace']
  }

  override toText(): string {
    return isoDay(this.ms)
  }

  override toRepr(): string {
    const date = new Date(this.ms)
    return `datetime.date(${date.getUTCFullYear()}, ${date.getUTCMonth() + 1}, ${date.getUTCDate()})`
  }

  override equals(other: unknown): boolean {
    return other instanceof DateValue && other.ms === this.ms
  }

  override hashKey(): unknown {
    return `date ${this.ms}`
  }

  override compare(other: unknown): number | undefined {
    return other instanceof DateValue ? this.ms - other.ms : undefined
  }

  override operate(operator: HostOperator, other: unknown, reflected: boolean): unknown {
    if (other instanceof TimedeltaValue) {
      const days = Math.floor(other.micros / (day * 1000)) * day
      if (operator === '+') return new DateValue(this.ms + days)
      if (operator === '-' && !reflected) return new DateValue(this.ms - days)
    }
    if (other instanceof DateValue && operator === '-') {
      const [a, b] = reflected ? [other.ms, this.ms] : [this.ms, other.ms]
      return new TimedeltaValue((a - b) * 1000)
    }
    return undefined
  }

  #clock(): WallClock {
    return { date: new Date(this.ms), microseconds: 0, offset: '', zone: '' }
  }
}
