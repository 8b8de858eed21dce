import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import type { MacroNamespace } from './macro-namespace.ts'

/** A package some of whose macros give a value whatever they are called with, as a unit test wants it. */
export class OverriddenNamespace extends HostObject {
  readonly #namespace: MacroNamespace
  readonly #values: Readonly<Record<string, unknown>>

  constructor(namespace: MacroNamespace, values: Readonly<Record<string, unknown>>) {
    super()
    this.#namespace = namespace
    this.#values = values
  }

  override get typeName(): string {
    return this.#namespace.typeName
  }

  override getAttribute(name: string): unknown {
    if (!Object.hasOwn(this.#values, name)) return this.#namespace.getAttribute(name)
    const value = this.#values[name]
    return hostFunction(name, () => value)
  }

  override getItem(key: unknown): unknown {
    return typeof key === 'string' ? this.getAttribute(key) : undefined
  }

  override attributeNames(): Iterable<string> {
    return this.#namespace.attributeNames()
  }

  override toText(): string {
    return this.#namespace.toText()
  }
}
