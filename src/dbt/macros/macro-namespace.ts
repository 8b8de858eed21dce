import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import { PyTuple } from '../../jinja/values/tuple.ts'
import type { MacroEntry } from './macro-entry.ts'

/** A package as templates name it: `dbt_utils.star`. In dbt it is a dict, so a dict's methods come before macros of their names. */
export class MacroNamespace extends HostObject {
  readonly name: string
  readonly #macros: ReadonlyMap<string, MacroEntry>

  constructor(name: string, macros: ReadonlyMap<string, MacroEntry>) {
    super()
    this.name = name
    this.#macros = macros
  }

  override get typeName(): string {
    return 'package'
  }

  override getAttribute(name: string): unknown {
    switch (name) {
      case 'get':
        return hostFunction(name, ([key, fallback = null]) => this.getItem(key) ?? fallback)
      case 'keys':
        return hostFunction(name, () => [...this.#macros.keys()])
      case 'values':
        return hostFunction(name, () => [...this.#macros.values()].map(({ macro }) => macro))
      case 'items':
        return hostFunction(name, () =>
          [...this.#macros].map(([key, { macro }]) => new PyTuple([key, macro])),
        )
      default:
        return this.getItem(name)
    }
  }

  override getItem(key: unknown): unknown {
    return typeof key === 'string' ? this.#macros.get(key)?.macro : undefined
  }

  override attributeNames(): Iterable<string> {
    return this.#macros.keys()
  }

  override iterate(): Iterable<unknown> {
    return this.#macros.keys()
  }

  override toText(): string {
    return `<package ${this.name}>`
  }
}
