import { HostObject } from '../../jinja/values/host-object.ts'
import type { MacroEntry } from './macro-entry.ts'

/** A package as templates name it: `dbt_utils.star`. */
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
    return this.#macros.get(name)?.macro
  }

  override getItem(key: unknown): unknown {
    return typeof key === 'string' ? this.getAttribute(key) : undefined
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
