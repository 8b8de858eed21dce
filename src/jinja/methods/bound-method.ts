import { HostObject } from '../values/host-object.ts'
import type { Kwargs } from '../values/kwargs.ts'
import { typeName } from '../values/type-name.ts'
import type { Method } from './method.ts'

/** A method taken off its value without being called: `{% set add = list.append %}`. */
export class BoundMethod extends HostObject {
  readonly #self: unknown
  readonly #name: string
  readonly #method: Method

  constructor(self: unknown, name: string, method: Method) {
    super()
    this.#self = self
    this.#name = name
    this.#method = method
  }

  override get typeName(): string {
    return 'builtin_function_or_method'
  }

  override call(args: readonly unknown[], kwargs: Kwargs): unknown {
    return this.#method(this.#self, args, kwargs)
  }

  override toText(): string {
    return `<built-in method ${this.#name} of ${typeName(this.#self)} object>`
  }
}
