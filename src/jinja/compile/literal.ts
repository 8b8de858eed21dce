import type { LiteralNode } from '../ast/literal.ts'
import { PyDict } from '../values/dict.ts'
import { PyTuple } from '../values/tuple.ts'
import { apply, applyAll, type Code, constant, gather } from './code.ts'
import type { Compiler } from './compiler.ts'

export function compileLiteral(node: LiteralNode, compiler: Compiler): Code {
  const { source } = compiler
  switch (node.kind) {
    case 'constant':
      return constant(node.value)
    case 'list':
      return gather(node.items.map((item) => compiler.expression(item)))
    case 'tuple': {
      const items = gather(node.items.map((item) => compiler.expression(item)))
      return apply(source, node.at, items, (values) => new PyTuple(values as readonly unknown[]))
    }
    case 'dict': {
      const parts = node.entries.flatMap(({ key, value }) => [
        compiler.expression(key),
        compiler.expression(value),
      ])
      return applyAll(source, node.at, parts, (values) => {
        const dict = new PyDict()
        for (let i = 0; i < values.length; i += 2) dict.set(values[i], values[i + 1])
        return dict
      })
    }
  }
}
