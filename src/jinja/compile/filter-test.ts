import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { FilterNode, TestNode } from '../ast/call.ts'
import type { Arguments } from './call.ts'
import { applyTwo, type Code, constant } from './code.ts'
import type { Compiler } from './compiler.ts'

/** Compiles a filter; `block` stands for the missing value at the head of a filter block's chain. */
export function compileFilter(node: FilterNode, compiler: Compiler, block?: Code): Code {
  const { source, registry } = compiler
  const value = node.value
    ? node.value.kind === 'filter'
      ? compileFilter(node.value, compiler, block)
      : compiler.expression(node.value)
    : (block ?? constant(null))
  const args = compiler.arguments(node.arguments)
  const filter = registry.filters.get(node.name)
  if (!filter) return unknownName('WW2003', 'filter', node, registry.filters.keys(), compiler)
  return applyTwo(source, node.at, value, args, (subject, evaluated) => {
    const { args, kwargs } = evaluated as Arguments
    return filter(subject, args, kwargs, registry)
  })
}

export function compileTest(node: TestNode, compiler: Compiler): Code {
  const { source, registry } = compiler
  const value = compiler.expression(node.value)
  const args = compiler.arguments(node.arguments)
  const test = registry.tests.get(node.name)
  if (!test) return unknownName('WW2004', 'test', node, registry.tests.keys(), compiler)
  return applyTwo(source, node.at, value, args, (subject, evaluated) => {
    const { args, kwargs } = evaluated as Arguments
    return test(subject, args, kwargs, registry)
  })
}

/** Jinja2 refuses unknown names when it compiles, but for code in a condition: that fails when it runs. */
function unknownName(
  code: 'WW2003' | 'WW2004',
  what: string,
  node: FilterNode | TestNode,
  known: Iterable<string>,
  compiler: Compiler,
): Code {
  const near = suggest(node.name, known)
  const error = new WaterworksError(code, {
    message: `there is no ${what} '${node.name}'`,
    location: compiler.source.locate(node.at),
    hint: near && `Did you mean '${near}'?`,
  })
  if (!compiler.inCondition) throw error
  return {
    mayWait: false,
    run: () => {
      throw error
    },
  }
}
