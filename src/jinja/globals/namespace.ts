import type { PyDict } from '../values/dict.ts'
import { HostObject } from '../values/host-object.ts'
import { reprOf, textOf } from '../values/text.ts'

/** `namespace(…)`: an object whose attributes `{% set ns.name = value %}` can change from inside of loops. */
export class Namespace extends HostObject {
  readonly #attributes: PyDict

  constructor(attributes: PyDict) {
    super()
    this.#attributes = attributes
  }

  override get typeName(): string {
    return 'Namespace'
  }

  override getAttribute(name: string): unknown {
    return this.#attributes.get(name)
  }

  override attributeNames(): Iterable<string> {
    return Array.from(this.#attributes.keys(), textOf)
  }

  override setAttribute(name: string, value: unknown): boolean {
    this.#attributes.set(name, value)
    return true
  }

  override toText(): string {
    return `<Namespace ${reprOf(this.#attributes)}>`
  }
}
