import { fromHost } from '../values/convert.ts'
import { Undefined } from '../values/undefined.ts'
import { TemplateMacro } from './template-macro.ts'

/** Where a template's free names come from: a record, or a function that gives undefined for unknown names. */
export type TemplateContext = Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown> | ContextLookup

/** A context that computes its names when asked. */
export interface ContextLookup {
  get(name: string): unknown
  /** All names, to suggest one when a name is misspelt. */
  keys?(): Iterable<string>
  /** Whether what is undefined may be called and asked for more, and stays undefined. */
  readonly forgives?: boolean
  /** Told of each call of a macro of the context that no other macro of the context makes. */
  called?(macro: TemplateMacro): void
}

/** One rendering: the host's names, converted once each, and whether it may wait for promises. */
export class RenderScope {
  readonly mayWait: boolean
  readonly forgives: boolean
  readonly #lookup: (name: string) => unknown
  readonly #names: () => Iterable<string>
  readonly #globals: ReadonlyMap<string, unknown>
  readonly #values = new Map<string, unknown>()
  readonly #bound = new Map<TemplateMacro, unknown>()
  readonly #called: ((macro: TemplateMacro) => void) | undefined
  /** How many macros of the context are running, one within the other. */
  #depth = 0

  constructor(context: TemplateContext, globals: ReadonlyMap<string, unknown>, mayWait: boolean) {
    this.mayWait = mayWait
    this.#globals = globals
    if (isLookup(context)) {
      this.#lookup = (name) => context.get(name)
      this.#names = () => context.keys?.() ?? []
      this.forgives = 'forgives' in context && context.forgives === true
      this.#called = 'called' in context ? context.called?.bind(context) : undefined
    } else {
      this.#lookup = (name) => (Object.hasOwn(context, name) ? context[name] : undefined)
      this.#names = () => Object.keys(context)
      this.forgives = false
    }
  }

  /** The value of a free name, undefined when there is none. The same name gives the same object every time. */
  resolve(name: string): unknown {
    const known = this.#values.get(name)
    if (known !== undefined) return known
    const given = this.#lookup(name)
    const value = given === undefined ? this.#globals.get(name) : this.adopt(given)
    if (value !== undefined) this.#values.set(name, value)
    return value
  }

  /** A value from the host made one of this rendering: converted, and a template's macro bound to its names. */
  adopt(value: unknown): unknown {
    if (value instanceof TemplateMacro) {
      const bound = this.#bound.get(value) ?? value.bind(this, this.#called && this.#watch(value))
      this.#bound.set(value, bound)
      return bound
    }
    if (typeof value === 'string') return value
    if (value instanceof Undefined) return this.forgive(value)
    return fromHost(value)
  }

  /** A value as this rendering has it: what is undefined forgives, where the rendering does. */
  forgive(value: unknown): unknown {
    return this.forgives && value instanceof Undefined ? value.forgiving() : value
  }

  /** Runs the calls of a macro so that it is told when no other macro makes them. */
  #watch(macro: TemplateMacro): (call: () => unknown) => unknown {
    return (call) => {
      if (this.#depth === 0) this.#called?.(macro)
      this.#depth++
      let result: unknown
      try {
        result = call()
      } finally {
        if (!(result instanceof Promise)) this.#depth--
      }
      return result instanceof Promise
        ? result.finally(() => {
            this.#depth--
          })
        : result
    }
  }

  names(): Iterable<string> {
    return [...this.#names(), ...this.#globals.keys()]
  }
}

function isLookup(context: TemplateContext): context is ReadonlyMap<string, unknown> | ContextLookup {
  return 'get' in context && typeof context.get === 'function'
}
