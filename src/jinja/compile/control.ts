import type { IfNode, WithNode } from '../ast/control.ts'
import { locate } from '../runtime/failure.ts'
import type { Frame } from '../runtime/frame.ts'
import { isTrue } from '../values/size.ts'
import { type Completion, gather, type Step, whenArrived } from './code.ts'
import type { Compiler } from './compiler.ts'
import { compileTarget } from './target.ts'

export function compileIf(node: IfNode, compiler: Compiler): Step {
  const branches = node.branches.map(({ condition, body }) => ({
    condition: compiler.expression(condition),
    body: compiler.conditionally(() => compiler.body(body)),
  }))
  const otherwise = compiler.conditionally(() => compiler.body(node.otherwise))
  const from = (frame: Frame, index: number): Completion | Promise<Completion> => {
    const branch = branches[index]
    if (!branch) return otherwise.run(frame)
    return whenArrived<unknown, Completion>(branch.condition.run(frame), (value) =>
      isTrue(value) ? branch.body.run(frame) : from(frame, index + 1),
    )
  }
  const mayWait = branches.some(({ condition, body }) => condition.mayWait || body.mayWait)
  return { mayWait: mayWait || otherwise.mayWait, run: (frame) => from(frame, 0) }
}

export function compileWith(node: WithNode, compiler: Compiler): Step {
  const { source } = compiler
  const values = gather(node.assignments.map(({ value }) => compiler.expression(value)))
  const stores = node.assignments.map(({ target }) => ({ store: compileTarget(target), at: target.at }))
  const body = compiler.body(node.body)
  return {
    mayWait: values.mayWait || body.mayWait,
    run: (frame) =>
      whenArrived<unknown, Completion>(values.run(frame), (evaluated) => {
        const inner = frame.inner()
        stores.forEach(({ store, at }, index) => {
          try {
            store(inner, (evaluated as readonly unknown[])[index])
          } catch (error) {
            throw locate(error, source, at, frame)
          }
        })
        return body.run(inner)
      }),
  }
}
