import type { ArgumentsNode } from './ast/call.ts'
import type { Expression } from './ast/node.ts'
import { SourceText } from './syntax/source-text.ts'
import { parseTemplate } from './syntax/template-parser.ts'

/** Filters that are given the names of the template, so that Jinja2 cannot tell what they give before it is rendered. */
const WITH_NAMES: ReadonlySet<string> = new Set([
  'map',
  'random',
  'reject',
  'rejectattr',
  'select',
  'selectattr',
])

/**
 * Whether the text of an expression looks at nothing but what is written in it: no name, no attribute of one, no call. Jinja2 works such
 * an expression out when it compiles a template. Throws WW2001 for what is no expression.
 */
export function isConstant(text: string, file: string): boolean {
  const [statement, ...others] = parseTemplate(new SourceText(file, `{{ ${text} }}`), new Map())
  return others.length === 0 && statement?.kind === 'print' && isFixed(statement.expression)
}

function isFixed(node: Expression | undefined): boolean {
  switch (node?.kind) {
    case undefined:
    case 'constant':
      return true
    case 'name':
    case 'call':
      return false
    case 'list':
    case 'tuple':
      return node.items.every(isFixed)
    case 'dict':
      return node.entries.every(({ key, value }) => isFixed(key) && isFixed(value))
    case 'unary':
      return isFixed(node.operand)
    case 'binary':
    case 'logical':
      return isFixed(node.left) && isFixed(node.right)
    case 'comparison':
      return isFixed(node.first) && node.rest.every(({ operand }) => isFixed(operand))
    case 'concat':
      return node.operands.every(isFixed)
    case 'conditional':
      return [node.condition, node.yes, node.no].every(isFixed)
    case 'attribute':
      return isFixed(node.object)
    case 'item':
      return isFixed(node.object) && isFixed(node.key)
    case 'slice':
      return [node.start, node.stop, node.step].every(isFixed)
    case 'filter':
      return !WITH_NAMES.has(node.name) && isFixed(node.value) && areFixed(node.arguments)
    case 'test':
      return isFixed(node.value) && areFixed(node.arguments)
  }
}

function areFixed({ positional, keywords, spread, keywordSpread }: ArgumentsNode): boolean {
  return [...positional, ...keywords.map(({ value }) => value), spread, keywordSpread].every(isFixed)
}
