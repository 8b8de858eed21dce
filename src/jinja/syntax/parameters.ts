import type { Parameter } from '../ast/macro.ts'
import type { ExpressionParser } from './expression-parser.ts'
import { isReservedName } from './target-parser.ts'

/** `(a, b=1)` of a macro or call block. */
export function parseParameters(parser: ExpressionParser): readonly Parameter[] {
  const { stream } = parser
  stream.expect('operator', '(')
  const parameters: Parameter[] = []
  while (!stream.is('operator', ')')) {
    if (parameters.length > 0) stream.expect('operator', ',')
    const { value: name, start: at } = stream.expect('name')
    if (isReservedName(name)) throw stream.error(`'${name}' cannot be a parameter's name`, undefined, at)
    if (parameters.some((parameter) => parameter.name === name)) {
      throw stream.error(`the parameter '${name}' is there twice`, undefined, at)
    }
    const hasDefault = stream.skip('operator', '=')
    if (!hasDefault && parameters.at(-1)?.default) {
      throw stream.error(`the parameter '${name}' needs a default: the one before it has one`, undefined, at)
    }
    parameters.push({ name, at, default: hasDefault ? parser.expression() : undefined })
  }
  stream.advance()
  return parameters
}
