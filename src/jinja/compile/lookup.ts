import type { LookupNode } from '../ast/lookup.ts'
import { getAttribute, getItem } from '../methods/lookup.ts'
import { HostObject } from '../values/host-object.ts'
import { PySlice } from '../values/slice.ts'
import { apply, applyAll, applyTwo, type Code, constant } from './code.ts'
import type { Compiler } from './compiler.ts'

export function compileLookup(node: LookupNode, compiler: Compiler): Code {
  const { source } = compiler
  switch (node.kind) {
    case 'name': {
      const { name } = node
      return apply(source, node.at, constant(name), (_value, frame) => frame.scope.forgive(frame.get(name)))
    }
    case 'attribute': {
      const { name } = node
      return apply(source, node.at, compiler.expression(node.object), (object, frame) => {
        const value = getAttribute(object, name)
        return object instanceof HostObject ? frame.scope.adopt(value) : frame.scope.forgive(value)
      })
    }
    case 'item': {
      const [object, key] = [compiler.expression(node.object), compiler.expression(node.key)]
      return applyTwo(source, node.at, object, key, (container, index, frame) => {
        const value = getItem(container, index)
        return container instanceof HostObject ? frame.scope.adopt(value) : frame.scope.forgive(value)
      })
    }
    case 'slice': {
      const bounds = [node.start, node.stop, node.step].map((bound) =>
        bound ? compiler.expression(bound) : constant(null),
      )
      return applyAll(source, node.at, bounds, ([start, stop, step]) => new PySlice(start, stop, step))
    }
  }
}
