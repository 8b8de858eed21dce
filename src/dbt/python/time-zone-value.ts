import { HostObject } from '../../jinja/values/host-object.ts'
import type { TimeZone } from './time-zone.ts'

/** A tzinfo: what `pytz.timezone('…')` gives, but for its methods, which are the module's. */
export class TimeZoneValue extends HostObject {
  readonly zone: TimeZone
  readonly #attribute: (name: string) => unknown

  /** @param attribute more that it can be asked for */
  constructor(zone: TimeZone, attribute: (name: string) => unknown = () => undefined) {
    super()
    this.zone = zone
    this.#attribute = attribute
  }

  override get typeName(): string {
    return 'tzinfo'
  }

  override getAttribute(name: string): unknown {
    return name === 'zone' ? this.zone.name : this.#attribute(name)
  }

  override toText(): string {
    return this.zone.name
  }

  override toRepr(): string {
    return `<${this.zone.name}>`
  }

  override equals(other: unknown): boolean {
    return other instanceof TimeZoneValue && other.zone.name === this.zone.name
  }

  override hashKey(): unknown {
    return `zone ${this.zone.name}`
  }
}
