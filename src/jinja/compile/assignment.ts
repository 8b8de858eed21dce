import type { SetBlockNode, SetNode } from '../ast/assignment.ts'
import type { FilterNode } from '../ast/call.ts'
import type { FilterBlockNode } from '../ast/macro.ts'
import type { Statement } from '../ast/node.ts'
import { locate } from '../runtime/failure.ts'
import type { Frame } from '../runtime/frame.ts'
import { Output } from '../runtime/output.ts'
import { textOf } from '../values/text.ts'
import { apply, type Code, type Completion, type Step, whenArrived } from './code.ts'
import type { Compiler } from './compiler.ts'
import { compileFilter } from './filter-test.ts'
import { compileTarget } from './target.ts'

export function compileSet(node: SetNode, compiler: Compiler): Step {
  const store = compileTarget(node.target)
  return asStep(
    apply(compiler.source, node.target.at, compiler.expression(node.value), (value, frame) => {
      store(frame, value)
      return undefined
    }),
  )
}

export function compileSetBlock(node: SetBlockNode, compiler: Compiler): Step {
  const store = compileTarget(node.target)
  return compileCapture(node.body, node.filter, node.at, compiler, (frame, value) => store(frame, value))
}

export function compileFilterBlock(node: FilterBlockNode, compiler: Compiler): Step {
  return compileCapture(node.body, node.filter, node.at, compiler, (frame, value) => {
    frame.output.text += textOf(value)
  })
}

/** A step out of code that gives undefined. */
function asStep(code: Code): Step {
  return { mayWait: code.mayWait, run: (frame) => code.run(frame) as undefined | Promise<undefined> }
}

/** Renders a body apart, filters its text and hands it on; a break or continue in the body drops it. */
function compileCapture(
  statements: readonly Statement[],
  filter: FilterNode | undefined,
  at: number,
  compiler: Compiler,
  use: (frame: Frame, value: unknown) => void,
): Step {
  const body = compiler.body(statements)
  const captured: Code = { mayWait: false, run: (frame) => frame.output.text }
  const filtered = filter ? compileFilter(filter, compiler, captured) : captured
  const finish = (frame: Frame, inner: Frame): Completion | Promise<Completion> =>
    whenArrived<unknown, Completion>(filtered.run(inner), (value) => {
      try {
        use(frame, value)
        return undefined
      } catch (error) {
        throw locate(error, compiler.source, at, frame)
      }
    })
  return {
    mayWait: body.mayWait || filtered.mayWait,
    run: (frame) => {
      const inner = frame.capturing(new Output())
      return whenArrived<Completion, Completion>(
        body.run(inner),
        (completion) => completion ?? finish(frame, inner),
      )
    },
  }
}
