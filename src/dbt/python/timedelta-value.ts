import { PyFloat } from '../../jinja/values/float.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject, type HostOperator } from '../../jinja/values/host-object.ts'
import { asDouble, asNumeric } from '../../jinja/values/number.ts'

const second = 1_000_000
const day = 86_400 * second

/** Python's timedelta: a length of time in microseconds. */
export class TimedeltaValue extends HostObject {
  readonly micros: number

  constructor(micros: number) {
    super()
    this.micros = micros
  }

  override get typeName(): string {
    return 'datetime.timedelta'
  }

  override getAttribute(name: string): unknown {
    const rest = this.micros - Math.floor(this.micros / day) * day
    switch (name) {
      case 'days':
        return Math.floor(this.micros / day)
      case 'seconds':
        return Math.floor(rest / second)
      case 'microseconds':
        return rest % second
      case 'total_seconds':
        return hostFunction(name, () => new PyFloat(this.micros / second))
      default:
        return undefined
    }
  }

  override attributeNames(): Iterable<string> {
    return ['days', 'seconds', 'microseconds', 'total_seconds']
  }

  override toText(): string {
    const days = Math.floor(this.micros / day)
    const rest = this.micros - days * day
    const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
    const fraction = rest % second === 0 ? '' : `.${String(rest % second).padStart(6, '0')}`
    const clock = `${Math.floor(rest / (3600 * second))}:${two((rest / (60 * second)) % 60)}:${two((rest / second) % 60)}${fraction}`
    return days === 0 ? clock : `${days} day${Math.abs(days) === 1 ? '' : 's'}, ${clock}`
  }

  override toRepr(): string {
    const days = Math.floor(this.micros / day)
    const rest = this.micros - days * day
    const parts = [
      days === 0 ? '' : `days=${days}`,
      rest < second ? '' : `seconds=${Math.floor(rest / second)}`,
      rest % second === 0 ? '' : `microseconds=${rest % second}`,
    ].filter((part) => part !== '')
    return `datetime.timedelta(${parts.join(', ') || '0'})`
  }

  override isTrue(): boolean {
    return this.micros !== 0
  }

  override equals(other: unknown): boolean {
    return other instanceof TimedeltaValue && other.micros === this.micros
  }

  override hashKey(): unknown {
    return `timedelta ${this.micros}`
  }

  override compare(other: unknown): number | undefined {
    return other instanceof TimedeltaValue ? this.micros - other.micros : undefined
  }

  override operate(operator: HostOperator, other: unknown, reflected: boolean): unknown {
    if (other instanceof TimedeltaValue) {
      const [a, b] = reflected ? [other.micros, this.micros] : [this.micros, other.micros]
      if (operator === '+') return new TimedeltaValue(a + b)
      if (operator === '-') return new TimedeltaValue(a - b)
      if (operator === '/') return new PyFloat(a / b)
      if (operator === '//') return Math.floor(a / b)
      return undefined
    }
    const number = asNumeric(other)
    if (number === undefined) return undefined
    if (operator === '*') return new TimedeltaValue(Math.round(this.micros * asDouble(number)))
    if (reflected) return undefined
    if (operator === '/') return new TimedeltaValue(Math.round(this.micros / asDouble(number)))
    if (operator === '//') return new TimedeltaValue(Math.floor(this.micros / asDouble(number)))
    return undefined
  }
}
