import { PyDict } from '../values/dict.ts'
import { HostObject } from '../values/host-object.ts'
import type { Kwargs } from '../values/kwargs.ts'
import { PythonError } from '../values/python-error.ts'
import { PyTuple } from '../values/tuple.ts'
import { Undefined } from '../values/undefined.ts'
import type { Frame } from './frame.ts'
import { ReturnSignal } from './signals.ts'

/** The compiled form of a macro or call block's body. */
export interface MacroCode {
  readonly name: string
  readonly parameters: readonly { readonly name: string; readonly hasDefault: boolean }[]
  readonly usesVarargs: boolean
  readonly usesKwargs: boolean
  readonly usesCaller: boolean
  /** Runs the body in a scope within the frame; `values` holds undefined for parameters that were not given. */
  run(frame: Frame, values: readonly unknown[], implicit: ImplicitArguments): unknown
}

export interface ImplicitArguments {
  readonly varargs: PyTuple | undefined
  readonly kwargs: PyDict | undefined
  readonly caller: unknown
}

interface MacroOptions {
  readonly catchesReturn?: boolean
  /** Runs every call. */
  readonly watch?: ((call: () => unknown) => unknown) | undefined
}

/** A macro, or the `caller` of a call block, with the names it sees. Calling it gives text, or what it returned. */
export class Macro extends HostObject {
  readonly #code: MacroCode
  readonly #frame: Frame
  /** Whether a ReturnSignal ends here; a call block's body passes it on to the macro that called it. */
  readonly #catchesReturn: boolean
  readonly #watch: ((call: () => unknown) => unknown) | undefined

  constructor(code: MacroCode, frame: Frame, { catchesReturn = true, watch }: MacroOptions = {}) {
    super()
    this.#code = code
    this.#frame = frame
    this.#catchesReturn = catchesReturn
    this.#watch = watch
  }

  override get typeName(): string {
    return 'Macro'
  }

  get name(): string {
    return this.#code.name
  }

  override call(args: readonly unknown[], kwargs: Kwargs): unknown {
    return this.#watch ? this.#watch(() => this.#run(args, kwargs)) : this.#run(args, kwargs)
  }

  #run(args: readonly unknown[], kwargs: Kwargs): unknown {
    const { values, implicit } = this.#bind(args, kwargs)
    if (!this.#catchesReturn) return this.#code.run(this.#frame, values, implicit)
    try {
      const result = this.#code.run(this.#frame, values, implicit)
      return result instanceof Promise ? result.catch(returned) : result
    } catch (thrown) {
      return returned(thrown)
    }
  }

  override getAttribute(name: string): unknown {
    const { parameters, usesCaller, usesKwargs, usesVarargs } = this.#code
    switch (name) {
      case 'name':
        return this.#code.name
      case 'arguments':
        return new PyTuple(parameters.map((parameter) => parameter.name))
      case 'catch_kwargs':
        return usesKwargs
      case 'catch_varargs':
        return usesVarargs
      case 'caller':
        return usesCaller
      default:
        return undefined
    }
  }

  override attributeNames(): Iterable<string> {
    return ['name', 'arguments', 'catch_kwargs', 'catch_varargs', 'caller']
  }

  override toText(): string {
    return `<Macro '${this.#code.name}'>`
  }

  #bind(args: readonly unknown[], kwargs: Kwargs): { values: unknown[]; implicit: ImplicitArguments } {
    const { name, parameters, usesCaller, usesKwargs, usesVarargs } = this.#code
    const values: unknown[] = args.slice(0, parameters.length)
    values.length = parameters.length
    if (args.length > parameters.length && !usesVarargs) {
      const most = `${parameters.length} argument${parameters.length === 1 ? '' : 's'}`
      throw new PythonError('TypeError', `macro '${name}' takes not more than ${most}`)
    }
    const surplus = usesKwargs ? new PyDict() : undefined
    let caller: unknown
    for (const [key, value] of Object.entries(kwargs)) {
      const index = parameters.findIndex((parameter) => parameter.name === key)
      if (index >= args.length) values[index] = value
      else if (key === 'caller' && usesCaller) caller = value
      else if (surplus) surplus.set(key, value)
      else if (index === -1) {
        throw new PythonError('TypeError', `macro '${name}' takes no keyword argument '${key}'`, {
          asked: key,
          candidates: () => parameters.map((parameter) => parameter.name),
        })
      } else {
        throw new PythonError('TypeError', `macro '${name}' got multiple values for argument '${key}'`)
      }
    }
    return {
      values,
      implicit: {
        varargs: usesVarargs ? new PyTuple(args.slice(parameters.length)) : undefined,
        kwargs: surplus,
        caller: usesCaller ? (caller ?? new Undefined('No caller defined', 'caller', () => [])) : undefined,
      },
    }
  }
}

function returned(thrown: unknown): unknown {
  if (thrown instanceof ReturnSignal) return thrown.value
  throw thrown
}
