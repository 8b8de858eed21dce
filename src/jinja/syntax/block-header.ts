import type { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Parameter } from '../ast/macro.ts'
import type { Expression } from '../ast/node.ts'
import { PyDict } from '../values/dict.ts'
import { PyTuple } from '../values/tuple.ts'
import type { ExpressionParser } from './expression-parser.ts'
import { parseParameters } from './parameters.ts'

/** Reads the header of an extension's block piece by piece. Every method throws WW2001 on what does not fit. */
export class BlockHeader {
  readonly #parser: ExpressionParser

  constructor(parser: ExpressionParser) {
    this.#parser = parser
  }

  get atEnd(): boolean {
    return this.#parser.stream.is('block_end')
  }

  name(): string {
    return this.#parser.stream.expect('name').value
  }

  /** Steps over a symbol such as `,` or `=`, or a word, when it comes next. */
  skip(symbol: string): boolean {
    const { stream } = this.#parser
    return stream.skip('operator', symbol) || stream.skip('name', symbol)
  }

  /** Steps over a symbol or word that must come next. */
  expect(symbol: string): void {
    if (!this.skip(symbol)) throw this.#parser.stream.unexpected(`'${symbol}'`)
  }

  /** A constant: a literal, or a list, tuple or dict of constants, as a template value. */
  constant(): unknown {
    const at = this.#parser.stream.current.start
    return constantOf(this.#parser.expression(), () =>
      this.#parser.stream.error('a constant is needed here', undefined, at),
    )
  }

  /** `(a, b=1)` as a macro has it. */
  parameters(): readonly Parameter[] {
    return parseParameters(this.#parser)
  }

  /** A syntax error at the current place. */
  error(message: string, hint?: string): WaterworksError {
    return this.#parser.stream.error(message, hint)
  }
}

function constantOf(node: Expression, failure: () => WaterworksError): unknown {
  switch (node.kind) {
    case 'constant':
      return node.value
    case 'list':
      return node.items.map((item) => constantOf(item, failure))
    case 'tuple':
      return new PyTuple(node.items.map((item) => constantOf(item, failure)))
    case 'dict':
      return PyDict.of(
        node.entries.map(({ key, value }) => [constantOf(key, failure), constantOf(value, failure)] as const),
      )
    default:
      throw failure()
  }
}
