import { HostObject } from '../../jinja/values/host-object.ts'

export type TemplateFunction = (
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
) => unknown

/** A function that templates can call. */
export function functionValue(name: string, call: TemplateFunction): HostObject {
  return new FunctionValue(name, call)
}

class FunctionValue extends HostObject {
  readonly #name: string
  readonly #call: TemplateFunction

  constructor(name: string, call: TemplateFunction) {
    super()
    this.#name = name
    this.#call = call
  }

  override get typeName(): string {
    return 'function'
  }

  override toText(): string {
    return `<function ${this.#name}>`
  }

  override call(args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>): unknown {
    return this.#call(args, kwargs)
  }
}
