import type { CallBlockNode, MacroNode, MacroShape } from '../ast/macro.ts'
import type { Frame } from '../runtime/frame.ts'
import { type ImplicitArguments, Macro, type MacroCode } from '../runtime/macro.ts'
import { Output } from '../runtime/output.ts'
import { textOf } from '../values/text.ts'
import { Undefined } from '../values/undefined.ts'
import { compileCall } from './call.ts'
import { apply, type Completion, type Step, whenArrived } from './code.ts'
import type { Compiler } from './compiler.ts'

/** Compiles the body of a macro, call block or macro-like extension block. */
export function compileMacroCode(shape: MacroShape, compiler: Compiler): MacroCode {
  const body = compiler.body(shape.body)
  const parameters = shape.parameters.map(({ name, default: otherwise }) => ({
    name,
    hasDefault: otherwise !== undefined,
    missing: new Undefined(`parameter '${name}' was not provided`, name, () => []),
    default: otherwise && compiler.expression(otherwise),
  }))

  const run = (frame: Frame, values: readonly unknown[], implicit: ImplicitArguments): unknown => {
    const inner = frame.capturing(new Output())
    if (implicit.varargs) inner.set('varargs', implicit.varargs)
    if (implicit.kwargs) inner.set('kwargs', implicit.kwargs)
    if (implicit.caller !== undefined) inner.set('caller', implicit.caller)
    // A default that names its own or a later parameter finds it undefined, not the name outside.
    for (const [index, { name, missing }] of parameters.entries()) {
      if (values[index] === undefined) inner.set(name, missing)
    }
    return bindFrom(inner, values, 0)
  }
  /** Binds parameters in order: a default may use those before it. */
  const bindFrom = (inner: Frame, values: readonly unknown[], from: number): unknown => {
    for (let i = from; i < parameters.length; i++) {
      const { name, missing, default: otherwise } = parameters[i]!
      const given = values[i]
      const value = given !== undefined ? given : otherwise ? otherwise.run(inner) : missing
      if (value instanceof Promise) {
        return value.then((arrived) => {
          inner.set(name, arrived)
          return bindFrom(inner, values, i + 1)
        })
      }
      inner.set(name, value)
    }
    return whenArrived<Completion, string>(body.run(inner), () => inner.output.text)
  }
  const { name, usesVarargs, usesKwargs, usesCaller } = shape
  return { name, parameters, usesVarargs, usesKwargs, usesCaller, run }
}

/** Compiles a macro statement: it defines the macro where it stands. */
export function compileMacro(node: MacroNode, compiler: Compiler): Step {
  const code = compiler.macro(node.macro)
  return {
    mayWait: false,
    run: (frame) => {
      frame.set(code.name, new Macro(code, frame))
      return undefined
    },
  }
}

export function compileCallBlock(node: CallBlockNode, compiler: Compiler): Step {
  const body = compiler.macro(node.caller)
  const call = compileCall(node.call, compiler, (frame) => new Macro(body, frame, { catchesReturn: false }))
  const printed = apply(compiler.source, node.at, call, (value, frame) => {
    frame.output.text += textOf(value)
    return undefined
  })
  return { mayWait: true, run: (frame) => printed.run(frame) as undefined | Promise<undefined> }
}
