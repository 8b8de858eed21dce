import type { WaterworksError } from '../../errors/waterworks-error.ts'
import type { SourceText } from './source-text.ts'
import { syntaxError } from './syntax-error.ts'
import type { Token, TokenKind } from './token.ts'

/** The tokens of a template with a place in them, for parsers. */
export class TokenStream {
  readonly source: SourceText
  readonly #tokens: readonly Token[]
  #index = 0

  constructor(source: SourceText, tokens: readonly Token[]) {
    this.source = source
    this.#tokens = tokens
  }

  get current(): Token {
    return this.#tokens[this.#index]!
  }

  /** The token after the current one. */
  get following(): Token {
    return this.#tokens[Math.min(this.#index + 1, this.#tokens.length - 1)]!
  }

  /** The token before the current one. */
  get previous(): Token {
    return this.#tokens[Math.max(this.#index - 1, 0)]!
  }

  advance(): Token {
    const token = this.current
    if (token.kind !== 'end') this.#index++
    return token
  }

  is(kind: TokenKind, value?: string): boolean {
    const token = this.current
    return token.kind === kind && (value === undefined || token.value === value)
  }

  isName(...names: readonly string[]): boolean {
    return this.current.kind === 'name' && names.includes(this.current.value)
  }

  /** Steps over the current token when it is the one asked for. */
  skip(kind: TokenKind, value?: string): boolean {
    if (!this.is(kind, value)) return false
    this.#index++
    return true
  }

  /** Steps over the token asked for; throws WW2001 when another is there. */
  expect(kind: TokenKind, value?: string): Token {
    if (!this.is(kind, value)) throw this.unexpected(value === undefined ? describeKind(kind) : `'${value}'`)
    return this.advance()
  }

  unexpected(expected: string): WaterworksError {
    return this.error(`expected ${expected}, found ${describe(this.current)}`)
  }

  error(message: string, hint?: string, at = this.current.start): WaterworksError {
    return syntaxError(this.source, at, message, hint)
  }
}

/** A token in words, for messages. */
export function describe(token: Token): string {
  switch (token.kind) {
    case 'name':
    case 'operator':
      return `'${token.value}'`
    case 'integer':
    case 'float':
      return token.value
    default:
      return describeKind(token.kind)
  }
}

function describeKind(kind: TokenKind): string {
  switch (kind) {
    case 'text':
      return 'text'
    case 'variable_begin':
      return "'{{'"
    case 'variable_end':
      return "the end of the expression ('}}')"
    case 'block_begin':
      return "'{%'"
    case 'block_end':
      return "the end of the tag ('%}')"
    case 'name':
      return 'a name'
    case 'string':
      return 'a string'
    case 'operator':
      return 'an operator'
    case 'integer':
    case 'float':
      return 'a number'
    case 'end':
      return 'the end of the template'
  }
}
