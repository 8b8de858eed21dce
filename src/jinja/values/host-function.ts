import { HostObject } from './host-object.ts'
import type { Kwargs } from './kwargs.ts'

/** What a template calls: positional arguments, then keywords, all template values (see toHost). */
export type HostCall = (args: readonly unknown[], kwargs: Kwargs) => unknown

/** A callable made by hostFunction. */
export class HostFunction extends HostObject {
  readonly name: string
  readonly #call: HostCall

  constructor(name: string, call: HostCall) {
    super()
    this.name = name
    this.#call = call
  }

  override get typeName(): string {
    return 'function'
  }

  override call(args: readonly unknown[], kwargs: Kwargs): unknown {
    return this.#call(args, kwargs)
  }

  override getAttribute(name: string): unknown {
    return name === '__name__' ? this.name : undefined
  }

  override toText(): string {
    return `<function ${this.name}>`
  }
}

/**
 * Makes a JavaScript function callable from templates. Its result is converted by fromHost; undefined becomes None.
 * It may give a native Promise, which Template.renderAsync awaits and Template.render refuses (WW2007).
 */
export function hostFunction(name: string, call: HostCall): HostFunction {
  return new HostFunction(name, call)
}
