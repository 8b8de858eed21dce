import type { Filter, Registry } from '../runtime/registry.ts'
import { Signature } from '../values/signature.ts'

/** The filters of one theme, by name. */
export type FilterTable = ReadonlyMap<string, Filter>

/** Builds a table of filters; for the form of parameters (without the filtered value) see Signature. */
export class FilterTableBuilder {
  readonly #filters = new Map<string, Filter>()

  add(
    names: string | readonly string[],
    parameters: readonly string[],
    run: (value: unknown, ...args: readonly unknown[]) => unknown,
  ): this {
    return this.addWithRegistry(names, parameters, (value, _registry, ...args) => run(value, ...args))
  }

  /** Adds a filter that uses other filters or tests. */
  addWithRegistry(
    names: string | readonly string[],
    parameters: readonly string[],
    run: (value: unknown, registry: Registry, ...args: readonly unknown[]) => unknown,
  ): this {
    for (const name of [names].flat()) {
      const signature = new Signature(name, parameters)
      this.#filters.set(name, (value, args, kwargs, registry) =>
        run(value, registry, ...signature.bind(args, kwargs)),
      )
    }
    return this
  }

  build(): FilterTable {
    return this.#filters
  }
}
