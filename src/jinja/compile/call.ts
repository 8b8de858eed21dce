import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { ArgumentsNode, CallNode } from '../ast/call.ts'
import type { Expression } from '../ast/node.ts'
import { invoke } from '../methods/invoke.ts'
import { callMethod, getAttribute } from '../methods/lookup.ts'
import { locate, TemplateFailure } from '../runtime/failure.ts'
import type { Frame } from '../runtime/frame.ts'
import { Macro } from '../runtime/macro.ts'
import type { SourceText } from '../syntax/source-text.ts'
import { PyDict } from '../values/dict.ts'
import { HostObject } from '../values/host-object.ts'
import { iterate } from '../values/iterate.ts'
import { type Kwargs, noKwargs } from '../values/kwargs.ts'
import { PythonError } from '../values/python-error.ts'
import { typeName } from '../values/type-name.ts'
import { Undefined } from '../values/undefined.ts'
import { applyAll, type Code, gather } from './code.ts'
import type { Compiler } from './compiler.ts'

/** Arguments as evaluated. */
export interface Arguments {
  readonly args: readonly unknown[]
  readonly kwargs: Kwargs
}

/** Compiles `(…)` to code that gives Arguments. */
export function compileArguments(node: ArgumentsNode, compiler: Compiler): Code {
  const { positional, keywords, spread, keywordSpread } = node
  const codes = [
    ...positional.map((argument) => compiler.expression(argument)),
    ...keywords.map(({ value }) => compiler.expression(value)),
    ...[spread, keywordSpread].filter((part) => part !== undefined).map((part) => compiler.expression(part)),
  ]
  const all = gather(codes)
  if (codes.length === positional.length) {
    return mapCode(all, (values) => ({ args: values, kwargs: noKwargs }))
  }
  const at = (spread ?? keywordSpread ?? keywords[0]?.value)?.at ?? 0
  return applyAll(compiler.source, at, codes, (values): Arguments => {
    const args = values.slice(0, positional.length)
    const kwargs: Record<string, unknown> = Object.create(null)
    let next = positional.length
    for (const { name } of keywords) {
      if (name in kwargs) throw repeated(name)
      kwargs[name] = values[next++]
    }
    if (spread) for (const item of iterate(values[next++])) args.push(item)
    if (keywordSpread) spreadKeywords(values[next], kwargs)
    return { args, kwargs }
  })
}

function mapCode(code: Code, map: (values: readonly unknown[]) => Arguments): Code {
  const { run } = code
  if (!code.mayWait) return { mayWait: false, run: (frame) => map(run(frame) as readonly unknown[]) }
  return {
    mayWait: true,
    run: (frame) => {
      const values = run(frame)
      return values instanceof Promise ? values.then(map) : map(values as readonly unknown[])
    },
  }
}

function spreadKeywords(dict: unknown, kwargs: Record<string, unknown>): void {
  if (!(dict instanceof PyDict)) {
    throw new PythonError('TypeError', `argument after ** must be a mapping, not ${typeName(dict)}`)
  }
  for (const [key, value] of dict.entries()) {
    if (typeof key !== 'string') throw new PythonError('TypeError', 'keywords must be strings')
    if (key in kwargs) throw repeated(key)
    kwargs[key] = value
  }
}

function repeated(name: string): PythonError {
  return new PythonError('TypeError', `got multiple values for keyword argument '${name}'`)
}

/** Compiles a call. `withCaller` adds the body of a call block as the keyword `caller`. */
export function compileCall(
  node: CallNode,
  compiler: Compiler,
  withCaller?: (frame: Frame) => unknown,
): Code {
  const { callee } = node
  const target = compiler.expression(callee.kind === 'attribute' ? callee.object : callee)
  const site = new CallSite(node, compiler.source, withCaller)
  const perform = (frame: Frame, on: unknown, args: unknown) => site.perform(frame, on, args as Arguments)
  const args = compiler.arguments(node.arguments)
  return {
    mayWait: true,
    run: (frame) => {
      const on = target.run(frame)
      if (on instanceof Promise) return on.then(async (value) => perform(frame, value, await args.run(frame)))
      const values = args.run(frame)
      if (values instanceof Promise) return values.then((arrived) => perform(frame, on, arrived))
      return perform(frame, on, values)
    },
  }
}

/** One call in a template. A call of a method takes the object, and goes to the method without making it a value. */
class CallSite {
  readonly #callee: Expression
  readonly #method: string | undefined
  readonly #source: SourceText
  readonly #withCaller: ((frame: Frame) => unknown) | undefined

  constructor(node: CallNode, source: SourceText, withCaller: ((frame: Frame) => unknown) | undefined) {
    this.#callee = node.callee
    this.#method = node.callee.kind === 'attribute' ? node.callee.name : undefined
    this.#source = source
    this.#withCaller = withCaller
  }

  perform(frame: Frame, on: unknown, { args, kwargs: given }: Arguments): unknown {
    const kwargs = this.#withCaller ? { ...given, caller: this.#withCaller(frame) } : given
    let called = on
    try {
      if (this.#method !== undefined) {
        if (!(on instanceof HostObject)) {
          const forgiven = frame.scope.forgives && forgivenMethod(on, this.#method)
          return forgiven || callMethod(on, this.#method, args, kwargs)
        }
        called = frame.scope.adopt(getAttribute(on, this.#method))
      }
      const result = invoke(called, args, kwargs)
      if (result instanceof Promise) return this.#wait(frame, called, result)
      return called instanceof Macro ? result : frame.scope.adopt(result)
    } catch (error) {
      throw this.#leave(called, error, frame)
    }
  }

  #wait(frame: Frame, called: unknown, result: Promise<unknown>): Promise<unknown> {
    if (!frame.scope.mayWait) {
      result.catch(() => undefined)
      const message = `${labelOf(this.#callee)} must be waited for, and this rendering cannot wait`
      throw new WaterworksError('WW2007', { message })
    }
    return result.then(
      (value) => frame.scope.adopt(value),
      (error: unknown) => {
        throw this.#leave(called, error, frame)
      },
    )
  }

  #leave(called: unknown, thrown: unknown, frame: Frame): unknown {
    const { at } = this.#callee
    const error = locate(thrown, this.#source, at, frame)
    // An error in the binding of arguments stands at the call itself: the macro was never entered.
    const entered = thrown instanceof TemplateFailure
    if (entered && called instanceof Macro) thrown.leave(called.name, this.#source.locate(at))
    return error
  }
}

/** In a forgiving scope, what a method that does not exist gives; undefined for one that does. */
function forgivenMethod(on: unknown, method: string): unknown {
  const found = getAttribute(on, method)
  return found instanceof Undefined ? found.forgiving() : undefined
}

function labelOf(callee: Expression): string {
  switch (callee.kind) {
    case 'name':
      return `${callee.name}()`
    case 'attribute':
      return `${labelOf(callee.object).replace('()', '')}.${callee.name}()`
    default:
      return 'this call'
  }
}
