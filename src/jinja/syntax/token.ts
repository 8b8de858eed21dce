export type TokenKind =
  | 'text'
  | 'variable_begin'
  | 'variable_end'
  | 'block_begin'
  | 'block_end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'operator'
  | 'end'

/** One piece of a template. `start` and `end` are offsets into the source; gaps hold whitespace and comments. */
export interface Token {
  readonly kind: TokenKind
  /** Text to print, a name, an operator, a string's contents, or a number as written without underscores. */
  readonly value: string
  readonly start: number
  readonly end: number
}
