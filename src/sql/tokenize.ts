export type TokenKind = 'space' | 'comment' | 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'symbol'

/** A stretch of SQL text; tokens lie end to end and cover the text. */
export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
}

const SPACE = /[\s\uFEFF]+/y
const LINE_COMMENT = /--[^\n\r]*/y
const WORD = /[\p{L}_\u0080-\uFFFF][\p{L}\p{N}_$\u0080-\uFFFF]*/uy
const NUMBER = /(?:\d[\w]*(?:\.\w*)?|\.\d\w*)(?:(?<=[eE])[+-]\d+)?/y
const PARAMETER = /\$\d+/y
/** A tag has no dollar sign and does not begin with a digit. */
const DOLLAR_TAG = /\$(?:[\p{L}_\u0080-\uFFFF][\p{L}\p{N}_\u0080-\uFFFF]*)?\$/uy
/** `U&'…'` and `U&"…"`; the other prefixed strings (B, X, N, E) are words up to their quote. */
const UNICODE_PREFIX = /[uU]&(?=['"])/y
const STRING_PREFIX = /[bBxXnNeE](?=')/y

/**
 * Splits SQL into tokens by the lexical rules of PostgreSQL ("Lexical Structure"), which DuckDB shares: nested block
 * comments, dollar quotes, E'' strings, doubled quotes. Never fails: what does not end runs to the end of the text.
 */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = []
  for (let start = 0; start < sql.length; ) {
    const token = nextToken(sql, start)
    tokens.push(token)
    start = token.end
  }
  return tokens
}

/** Whether a token says something to the parser. */
export function isSignificant(token: Token): boolean {
  return token.kind !== 'space' && token.kind !== 'comment'
}

function nextToken(sql: string, start: number): Token {
  const token = (kind: TokenKind, end: number): Token => ({ kind, start, end })
  const space = matchEnd(SPACE, sql, start)
  if (space > start) return token('space', space)
  const line = matchEnd(LINE_COMMENT, sql, start)
  if (line > start) return token('comment', line)
  if (sql.startsWith('/*', start)) return token('comment', blockCommentEnd(sql, start))
  const unicode = matchEnd(UNICODE_PREFIX, sql, start)
  if (unicode > start) {
    return token(sql[unicode] === '"' ? 'quoted' : 'string', quotedEnd(sql, unicode, false))
  }
  const prefix = matchEnd(STRING_PREFIX, sql, start)
  if (prefix > start) return token('string', quotedEnd(sql, prefix, /[eE]/.test(sql[start]!)))
  if (sql[start] === "'") return token('string', quotedEnd(sql, start, false))
  if (sql[start] === '"') return token('quoted', quotedEnd(sql, start, false))
  const parameter = matchEnd(PARAMETER, sql, start)
  if (parameter > start) return token('parameter', parameter)
  const tag = matchEnd(DOLLAR_TAG, sql, start)
  if (tag > start) return token('string', dollarQuoteEnd(sql, start, tag))
  const word = matchEnd(WORD, sql, start)
  if (word > start) return token('word', word)
  const number = matchEnd(NUMBER, sql, start)
  if (number > start) return token('number', number)
  return token('symbol', start + 1)
}

function matchEnd(pattern: RegExp, sql: string, start: number): number {
  pattern.lastIndex = start
  return pattern.test(sql) ? pattern.lastIndex : start
}

function blockCommentEnd(sql: string, start: number): number {
  let depth = 1
  let at = start + 2
  while (at < sql.length && depth > 0) {
    if (sql.startsWith('/*', at)) depth++
    else if (sql.startsWith('*/', at)) depth--
    else {
      at++
      continue
    }
    at += 2
  }
  return Math.min(at, sql.length)
}

/** `open` is at the opening quote. A doubled quote is part of the text, and so is an escaped one where there are escapes. */
function quotedEnd(sql: string, open: number, escapes: boolean): number {
  const quote = sql[open]!
  for (let at = open + 1; at < sql.length; at++) {
    if (escapes && sql[at] === '\\') at++
    else if (sql[at] === quote) {
      if (sql[at + 1] !== quote) return at + 1
      at++
    }
  }
  return sql.length
}

function dollarQuoteEnd(sql: string, start: number, bodyStart: number): number {
  const tag = sql.slice(start, bodyStart)
  const close = sql.indexOf(tag, bodyStart)
  return close < 0 ? sql.length : close + tag.length
}
