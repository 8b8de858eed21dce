import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import { bindArguments, textArgument } from './bind-arguments.ts'
import { strftime } from './strftime.ts'

/** A moment in UTC as templates have it: Python's aware datetime, as far as run_started_at is used. */
export class DatetimeValue extends HostObject {
  readonly #date: Date

  constructor(date: Date) {
    super()
    this.#date = date
  }

  override get typeName(): string {
    return 'datetime'
  }

  override getAttribute(name: string): unknown {
    const date = this.#date
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
      case 'strftime':
        return hostFunction(name, (args, kwargs) => {
          const [format] = bindArguments(name, ['format'], 1, args, kwargs)
          return strftime(date, textArgument(name, 'format', format))
        })
      case 'isoformat':
        return hostFunction(name, () => this.#text('T'))
      case 'timestamp':
        return hostFunction(name, () => date.getTime() / 1000)
      default:
        return undefined
    }
  }

  override attributeNames(): Iterable<string> {
    return ['year', 'month', 'day', 'hour', 'minute', 'second', 'strftime', 'isoformat', 'timestamp']
  }

  override toText(): string {
    return this.#text(' ')
  }

  override equals(other: unknown): boolean {
    return other instanceof DatetimeValue && other.#date.getTime() === this.#date.getTime()
  }

  override compare(other: unknown): number | undefined {
    return other instanceof DatetimeValue ? this.#date.getTime() - other.#date.getTime() : undefined
  }

  /** Python leaves out a fraction of zero. */
  #text(separator: string): string {
    const fraction = this.#date.getUTCMilliseconds() === 0 ? '' : '.%f'
    return strftime(this.#date, `%Y-%m-%d${separator}%H:%M:%S${fraction}+00:00`)
  }
}
