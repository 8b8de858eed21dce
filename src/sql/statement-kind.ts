import { isSignificant, tokenize } from './tokenize.ts'

/** What a statement does, as far as gating must know. `transaction` is BEGIN, COMMIT, ROLLBACK and their like. */
export type StatementKind = 'query' | 'write' | 'ddl' | 'transaction' | 'other'

const KIND_BY_KEYWORD: Readonly<Record<string, StatementKind>> = {
  ...kinds('query', 'SELECT VALUES TABLE SHOW DESCRIBE DESC SUMMARIZE FROM PIVOT UNPIVOT FETCH'),
  ...kinds('write', 'INSERT UPDATE DELETE MERGE TRUNCATE REPLACE UPSERT'),
  ...kinds('ddl', 'CREATE ALTER DROP COMMENT GRANT REVOKE REASSIGN SECURITY REFRESH IMPORT REINDEX CLUSTER'),
  ...kinds('transaction', 'BEGIN START COMMIT END ABORT ROLLBACK SAVEPOINT RELEASE'),
}

const WRITES: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/**
 * The kind of one statement, told by its leading keywords: a WITH that leads to or holds a data-modifying statement
 * is a write, SELECT … INTO makes a table, EXPLAIN ANALYZE does what it explains. Functions that a query calls are
 * not looked into. 'other' for what is not SQL the platform knows (CALL, DO, SET, COPY to a file, VACUUM).
 */
export function statementKind(statement: string): StatementKind {
  return kindOfWords(topLevelWords(statement))
}

/** A word outside quotes, with how many parentheses are open around it; parentheses stand for themselves, '' for other tokens. */
interface Word {
  readonly text: string
  readonly depth: number
}

function topLevelWords(statement: string): Word[] {
  const words: Word[] = []
  let depth = 0
  for (const token of tokenize(statement)) {
    if (!isSignificant(token)) continue
    const text = statement.slice(token.start, token.end)
    if (text === '(') depth++
    else if (text === ')') depth--
    words.push({ text: token.kind === 'word' ? text.toUpperCase() : /[()]/.test(text) ? text : '', depth })
  }
  return words
}

function kindOfWords(words: readonly Word[]): StatementKind {
  const start = words.findIndex((word) => word.text !== '(')
  const [first, second] = [words[start]?.text ?? '', words[start + 1]?.text ?? '']
  const rest = words.slice(start + 1)
  if (first === 'WITH') return kindOfWith(rest, words[start]!.depth)
  if (first === 'EXPLAIN') return kindOfExplain(rest)
  if (first === 'SELECT' && rest.some(({ text, depth }) => text === 'INTO' && depth === words[start]!.depth))
    return 'ddl'
  if (first === 'PREPARE') return second === 'TRANSACTION' ? 'transaction' : 'other'
  if (first === 'COPY')
    return rest.some(({ text, depth }) => text === 'FROM' && depth === 0) ? 'write' : 'other'
  return Object.hasOwn(KIND_BY_KEYWORD, first) ? KIND_BY_KEYWORD[first]! : 'other'
}

/** After WITH: data-modifying statements open a parenthesis or stand at the outer level. */
function kindOfWith(words: readonly Word[], outer: number): StatementKind {
  for (const [index, { text, depth }] of words.entries()) {
    if (!WRITES.has(text)) continue
    if (depth === outer && opensStatement(words, index)) return 'write'
    if (words[index - 1]?.text === '(' && words[index - 1]!.depth === depth) {
      const before = words[index - 2]?.text
      if (before === 'AS' || before === 'MATERIALIZED') return 'write'
    }
  }
  const select = words.findIndex(({ text, depth }) => text === 'SELECT' && depth === outer)
  const into = words.slice(select + 1).some(({ text, depth }) => text === 'INTO' && depth === outer)
  return select >= 0 && into ? 'ddl' : 'query'
}

/** A keyword such as DELETE may also name a column; as a statement it follows the parenthesis that closed the last CTE. */
function opensStatement(words: readonly Word[], index: number): boolean {
  return words[index - 1]?.text === ')'
}

function kindOfExplain(words: readonly Word[]): StatementKind {
  const isOption = ({ text, depth }: Word) => depth > 0 || /^(ANALYZE|ANALYSE|VERBOSE|\))$/.test(text)
  const statement = words.findIndex((word) => !isOption(word))
  const options = words.slice(0, Math.max(statement, 0))
  const runs = options.some(({ text }) => text === 'ANALYZE' || text === 'ANALYSE')
  return runs ? kindOfWords(words.slice(statement)) : 'query'
}

function kinds(kind: StatementKind, keywords: string): Record<string, StatementKind> {
  return Object.fromEntries(keywords.split(' ').map((keyword) => [keyword, kind]))
}
