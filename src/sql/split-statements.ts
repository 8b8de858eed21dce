import { isSignificant, type Token, tokenize } from './tokenize.ts'

/**
 * Splits a text into its statements at the semicolons between them. Spaces, comments and semicolons stay with the
 * statement before them (at the start, with the first), so that the pieces joined give back the text; a text
 * without any statement gives none. Semicolons in parentheses (CREATE RULE) and in the BEGIN ATOMIC … END body of
 * a routine belong to their statement.
 */
export function splitStatements(sql: string): string[] {
  const pieces: string[] = []
  let pieceStart = 0
  let ended = false
  let statement = newStatement()
  for (const token of tokenize(sql)) {
    if (!isSignificant(token)) continue
    const isSemicolon = sql[token.start] === ';' && token.kind === 'symbol'
    if (isSemicolon && (statement.depth > 0 || statement.blocks > 0)) continue
    if (isSemicolon) {
      ended = statement.words > 0
      continue
    }
    if (ended) {
      pieces.push(sql.slice(pieceStart, token.start))
      pieceStart = token.start
      ended = false
      statement = newStatement()
    }
    follow(statement, sql, token)
  }
  if (statement.words > 0) pieces.push(sql.slice(pieceStart))
  return pieces
}

interface Statement {
  words: number
  depth: number
  /** Open BEGIN ATOMIC and CASE blocks of a routine's body. */
  blocks: number
  isRoutine: boolean
  firstWords: string[]
  previous: string
}

function newStatement(): Statement {
  return { words: 0, depth: 0, blocks: 0, isRoutine: false, firstWords: [], previous: '' }
}

function follow(statement: Statement, sql: string, token: Token): void {
  const text = sql.slice(token.start, token.end)
  statement.words++
  if (token.kind === 'symbol') {
    if (text === '(') statement.depth++
    else if (text === ')' && statement.depth > 0) statement.depth--
  }
  const word = token.kind === 'word' ? text.toUpperCase() : ''
  if (statement.words <= 4) {
    statement.firstWords.push(word)
    statement.isRoutine = isRoutine(statement.firstWords)
  }
  if (statement.isRoutine && word !== '') {
    if (word === 'ATOMIC' && statement.previous === 'BEGIN') statement.blocks++
    else if (statement.blocks > 0 && word === 'CASE') statement.blocks++
    else if (statement.blocks > 0 && word === 'END') statement.blocks--
  }
  statement.previous = word
}

function isRoutine([first, second, third, fourth]: readonly string[]): boolean {
  if (first !== 'CREATE') return false
  const kind = second === 'OR' && third === 'REPLACE' ? fourth : second
  return kind === 'FUNCTION' || kind === 'PROCEDURE'
}
