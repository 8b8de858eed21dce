import { fromHost } from '../../jinja/values/convert.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import type { Kwargs } from '../../jinja/values/kwargs.ts'

interface Options {
  readonly attribute: (name: string) => unknown
  readonly names?: () => Iterable<string>
  readonly call?: (args: readonly unknown[], kwargs: Kwargs) => unknown
  readonly isMapping?: boolean
}

/** An object of dbt's that is no more than its attributes, which are items of it as well. */
export class AttributeObject extends HostObject {
  readonly #name: string
  readonly #options: Options

  constructor(name: string, options: Options) {
    super()
    this.#name = name
    this.#options = options
    if (options.call) this.call = options.call
  }

  override get typeName(): string {
    return this.#name
  }

  override getAttribute(name: string): unknown {
    const own = this.#options.attribute(name)
    if (own !== undefined || !this.#options.isMapping) return own
    switch (name) {
      case 'get':
        return hostFunction(name, ([key, fallback = null]) => this.getItem(key) ?? fallback)
      case 'keys':
        return hostFunction(name, () => [...this.attributeNames()])
      case 'items':
        return hostFunction(name, () =>
          Array.from(this.attributeNames(), (key) => [key, fromHost(this.getItem(key))]),
        )
      default:
        return undefined
    }
  }

  override getItem(key: unknown): unknown {
    return typeof key === 'string' ? this.#options.attribute(key) : undefined
  }

  override attributeNames(): Iterable<string> {
    return this.#options.names?.() ?? []
  }

  override isMapping(): boolean {
    return this.#options.isMapping ?? false
  }

  override iterate(): Iterable<unknown> {
    return this.attributeNames()
  }

  override isTrue(): boolean {
    return true
  }

  override toText(): string {
    return `<${this.#name}>`
  }
}
