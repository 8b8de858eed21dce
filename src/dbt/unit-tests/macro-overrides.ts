import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'

/**
 * Names for what a unit test overrides: each macro gives its value, whatever it is called with. One of a package
 * (`dbt_utils.star`) is overridden where it is called by that name; the rest of the package stays as `lookUp` gives it.
 */
export function macroOverrides(
  macros: Readonly<Record<string, unknown>>,
  lookUp: (name: string) => unknown,
): Readonly<Record<string, unknown>> {
  const overrides: Record<string, unknown> = {}
  const packages = new Map<string, Record<string, unknown>>()
  for (const [written, value] of Object.entries(macros)) {
    const [first, second] = written.split('.', 2)
    const constant = hostFunction(second ?? first!, () => value)
    if (second === undefined) overrides[first!] = constant
    else packages.set(first!, { ...packages.get(first!), [second]: constant })
  }
  for (const [name, own] of packages) overrides[name] = new OverriddenPackage(name, own, lookUp(name))
  return overrides
}

/** A package of macros of which some are overridden. */
class OverriddenPackage extends HostObject {
  readonly #name: string
  readonly #own: Readonly<Record<string, unknown>>
  readonly #rest: unknown

  constructor(name: string, own: Readonly<Record<string, unknown>>, rest: unknown) {
    super()
    this.#name = name
    this.#own = own
    this.#rest = rest
  }

  override get typeName(): string {
    return 'dict'
  }

  override getAttribute(name: string): unknown {
    if (Object.hasOwn(this.#own, name)) return this.#own[name]
    return this.#rest instanceof HostObject ? this.#rest.getAttribute(name) : undefined
  }

  override toText(): string {
    return this.#name
  }
}
