import type { DoNode, PrintNode, TextNode } from '../ast/output.ts'
import { textOf } from '../values/text.ts'
import { apply, type Step, whenArrived } from './code.ts'
import type { Compiler } from './compiler.ts'

export function compileText(node: TextNode): Step {
  const { text } = node
  return {
    mayWait: false,
    run: (frame) => {
      frame.output.text += text
      return undefined
    },
  }
}

export function compilePrint(node: PrintNode, compiler: Compiler): Step {
  const printed = apply(compiler.source, node.at, compiler.expression(node.expression), (value, frame) => {
    const text = textOf(value)
    frame.output.text += text
    return undefined
  })
  return { mayWait: printed.mayWait, run: (frame) => printed.run(frame) as undefined | Promise<undefined> }
}

export function compileDo(node: DoNode, compiler: Compiler): Step {
  const code = compiler.expression(node.expression)
  return {
    mayWait: code.mayWait,
    run: (frame) => whenArrived<unknown, undefined>(code.run(frame), () => undefined),
  }
}
