import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import { Signature } from '../../jinja/values/signature.ts'
import { strftime } from './strftime.ts'

const strftimeSignature = new Signature('strftime', ['format'])

/** Python's time of day, without a zone. */
export class TimeValue extends HostObject {
  /** Microseconds since midnight. */
  readonly micros: number

  constructor(micros: number) {
    super()
    this.micros = micros
  }

  override get typeName(): string {
    return 'datetime.time'
  }

  override getAttribute(name: string): unknown {
    const seconds = Math.floor(this.micros / 1_000_000)
    switch (name) {
      case 'hour':
        return Math.floor(seconds / 3600)
      case 'minute':
        return Math.floor(seconds / 60) % 60
      case 'second':
        return seconds % 60
      case 'microsecond':
        return this.micros % 1_000_000
      case 'isoformat':
        return hostFunction(name, () => this.toText())
      case 'strftime':
        return hostFunction(name, (args, kwargs) => {
          const [format] = strftimeSignature.bind(args, kwargs)
          return this.#format(String(format))
        })
      default:
        return undefined
    }
  }

  override attributeNames(): Iterable<string> {
    return ['hour', 'minute', 'second', 'microsecond', 'isoformat', 'strftime']
  }

  override toText(): string {
    return this.#format(this.micros % 1_000_000 === 0 ? '%H:%M:%S' : '%H:%M:%S.%f')
  }

  override toRepr(): string {
    return `datetime.time(${this.toText()})`
  }

  override equals(other: unknown): boolean {
    return other instanceof TimeValue && other.micros === this.micros
  }

  override hashKey(): unknown {
    return `time ${this.micros}`
  }

  override compare(other: unknown): number | undefined {
    return other instanceof TimeValue ? this.micros - other.micros : undefined
  }

  #format(format: string): string {
    const date = new Date(Math.floor(this.micros / 1000))
    return strftime({ date, microseconds: this.micros % 1_000_000, offset: '', zone: '' }, format)
  }
}
