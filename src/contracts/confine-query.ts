import type { Relation } from '../engines/relation.ts'
import { isSignificant, type Token, tokenize } from '../sql/tokenize.ts'
import type { ContractDialect } from './contract-dialect.ts'
import { queryWords } from './query-words.ts'

/** What a query of a contract is about, and what it may read. */
export interface QueryScope {
  readonly dialect: ContractDialect
  /** Relations by the names that the contract has for them, in lower case. */
  readonly relations: ReadonlyMap<string, Relation>
  /** What `{object}` stands for: one of those names. */
  readonly object: string
  /** What `{property}` stands for: a column. */
  readonly property: string | undefined
}

export type Confined = { readonly sql: string } | { readonly problem: string }

/**
 * A contract's query as it may be run: one SELECT that reads nothing but the relations of its contract, by functions that have no effects,
 * with those relations by their full names. Everything else is refused, as a contract may come from someone else than who runs it.
 */
export function confineQuery(query: string, scope: QueryScope): Confined {
  return confine(query, scope, 'query')
}

/** The same for an expression over the rows of one relation. */
export function confineExpression(expression: string, scope: QueryScope): Confined {
  return confine(expression, scope, 'expression')
}

class Refusal extends Error {}

interface Frame {
  readonly kind: 'query' | 'relations' | 'values'
  /** Names that WITH has defined so far. */
  readonly defined: Set<string>
  /** Inside FROM, where a comma is followed by another relation. */
  inFrom: boolean
  expectsRelation: boolean
  /** Inside WITH: what comes next. */
  with: 'no' | 'name' | 'body'
  naming: string
  /** What is defined in the frame around when this one ends. */
  readonly defines: string | undefined
}

function frame(kind: Frame['kind'], defines?: string): Frame {
  const inFrom = kind === 'relations'
  return {
    kind,
    defined: new Set(),
    inFrom,
    expectsRelation: inFrom,
    with: 'no',
    naming: '',
    defines,
  }
}

const PLACEHOLDER = /\{(object|property)\}/g
const QUERY_STARTS = new Set(['select', 'with', 'values', 'from'])
const FROM_ENDS = new Set(
  'where group having order limit offset window qualify union intersect except select fetch'.split(' '),
)

function confine(text: string, scope: QueryScope, what: 'query' | 'expression'): Confined {
  try {
    return { sql: new Reading(text, scope).read(what) }
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message }
    throw error
  }
}

class Reading {
  readonly #scope: QueryScope
  readonly #text: string
  readonly #tokens: readonly Token[]
  readonly #frames: Frame[] = []
  #at = 0
  #written = ''

  constructor(text: string, scope: QueryScope) {
    this.#scope = scope
    // A quoted name keeps a placeholder in one token; nothing else could be called so.
    this.#text = text
      .trim()
      .replace(/;\s*$/, '')
      .replaceAll(PLACEHOLDER, (_all, name) => `"{${name}}"`)
    this.#tokens = tokenize(this.#text).filter(isSignificant)
  }

  read(what: 'query' | 'expression'): string {
    const [first] = this.#tokens
    if (first === undefined) throw new Refusal('it is empty')
    if (what === 'query' && !['select', 'with', '('].includes(this.#word(first))) {
      throw new Refusal(`it must be one SELECT, and begins with ${this.#shown(first)}`)
    }
    this.#frames.push(frame(what === 'query' ? 'query' : 'values'))
    for (; this.#at < this.#tokens.length; this.#at++) this.#take(this.#tokens[this.#at]!)
    if (this.#frames.length !== 1) throw new Refusal('a bracket is left open')
    return this.#written.trim()
  }

  #take(token: Token): void {
    const top = this.#top()
    switch (token.kind) {
      case 'word':
      case 'quoted':
        this.#takeName(token, top)
        return
      case 'symbol':
        this.#takeSymbol(token, top)
        return
      case 'parameter':
        throw new Refusal(`it has a parameter, ${this.#shown(token)}`)
      default:
        if (top.expectsRelation) throw new Refusal('it reads a file, or what it is called by a text')
        this.#write(this.#text.slice(token.start, token.end))
    }
  }

  #takeName(token: Token, top: Frame): void {
    const word = this.#word(token)
    if (top.with === 'name' && word !== 'recursive') {
      top.naming = this.#name(token)
      top.with = 'body'
      this.#write(this.#placed(token))
      return
    }
    if (token.kind === 'word' && queryWords.refused.has(word) && this.#before() !== '.') {
      throw new Refusal(`it uses ${word.toUpperCase()}`)
    }
    if (top.expectsRelation && !(token.kind === 'word' && QUERY_STARTS.has(word))) {
      this.#takeRelation(top)
      return
    }
    if (token.kind === 'word') this.#takeWord(word, top)
    if (this.#after() === '(') this.#judgeCall(token, top)
    this.#write(this.#placed(token))
  }

  #takeWord(word: string, top: Frame): void {
    if (top.kind === 'values') return
    if (word === 'with' && (this.#at === 0 || this.#before() === '(')) top.with = 'name'
    if (FROM_ENDS.has(word)) top.inFrom = false
    if (word === 'select') top.with = 'no'
    const isComparison =
      word === 'from' && this.#before() === 'distinct' && /^(?:is|not)$/.test(this.#before(2))
    if ((word === 'from' && !isComparison) || word === 'join') {
      top.inFrom = true
      top.expectsRelation = true
    }
  }

  /** A relation by its name, of one part or several. */
  #takeRelation(top: Frame): void {
    const first = this.#tokens[this.#at]!
    const gap = this.#gap()
    const parts = [this.#name(this.#tokens[this.#at]!)]
    while (this.#after() === '.') {
      const part = this.#tokens[this.#at + 2]
      if (part === undefined || (part.kind !== 'word' && part.kind !== 'quoted'))
        throw new Refusal('a name ends in a dot')
      parts.push(this.#name(part))
      this.#at += 2
    }
    const name = parts.join('.')
    top.expectsRelation = false
    if (this.#after() === '(') throw new Refusal(`it reads what the function ${name} gives`)
    if (this.#after() === ':') throw new Refusal(`it names a relation before a colon`)
    const isDefined = parts.length === 1 && this.#frames.some(({ defined }) => defined.has(name))
    if (isDefined) {
      this.#written += `${gap}${this.#text.slice(first.start, first.end)}`
      return
    }
    const [key, relation] = this.#relationOf(name)
    const { dialect } = this.#scope
    const alias = this.#isAliased() ? '' : ` as ${dialect.identifier(key)}`
    this.#written += `${gap}${dialect.relation(relation)}${alias}`
  }

  #relationOf(name: string): readonly [string, Relation] {
    const { relations, object } = this.#scope
    const key = name === '{object}' ? object : name
    const named = relations.get(key)
    if (named !== undefined) return [key, named]
    for (const [other, relation] of relations) {
      const parts = [relation.database, relation.schema, relation.name].filter((part) => part !== undefined)
      const full = parts.map((part) => part.toLowerCase())
      if (full.join('.') === name || full.slice(-2).join('.') === name) return [other, relation]
    }
    throw new Refusal(`it reads ${name.slice(0, 80)}, which is none of the contract's objects`)
  }

  /** Whether the relation that was read is given another name. */
  #isAliased(): boolean {
    const next = this.#tokens[this.#at + 1]
    if (next === undefined || (next.kind !== 'word' && next.kind !== 'quoted')) return false
    const word = this.#word(next)
    return next.kind === 'quoted' || word === 'as' || !(queryWords.keywords.has(word) || FROM_ENDS.has(word))
  }

  #judgeCall(token: Token, top: Frame): void {
    const name = this.#name(token)
    if (top.with === 'body' || this.#before() === 'as') return
    if (this.#before() === '.') throw new Refusal(`it calls ${name.slice(0, 80)} of a schema`)
    const { functions, keywords, types } = queryWords
    const isWord = token.kind === 'word'
    if (functions.has(name) || (isWord && (keywords.has(name) || types.has(name)))) return
    throw new Refusal(`it calls ${name.slice(0, 80)}, which contracts may not`)
  }

  #takeSymbol(token: Token, top: Frame): void {
    const symbol = this.#text.slice(token.start, token.end)
    if (symbol === ';') throw new Refusal('it holds more than one statement')
    if (symbol === '(') {
      this.#open(top)
    } else if (symbol === ')') {
      const closed = this.#frames.pop()
      const around = this.#frames.at(-1)
      if (closed === undefined || around === undefined)
        throw new Refusal('a bracket is closed that was not opened')
      if (closed.defines !== undefined) around.defined.add(closed.defines)
    } else if (symbol === ',') {
      if (top.with === 'body') top.with = 'name'
      else if (top.inFrom) top.expectsRelation = true
    } else if (top.expectsRelation) {
      throw new Refusal(`a relation cannot begin with ${symbol.slice(0, 5)}`)
    }
    this.#write(symbol)
  }

  #open(top: Frame): void {
    const next = this.#tokens[this.#at + 1]
    const isQuery = next?.kind === 'word' && QUERY_STARTS.has(this.#word(next))
    const { expectsRelation } = top
    top.expectsRelation = false
    // The columns of a definition stand in brackets as well.
    const defines = top.with === 'body' && isQuery ? top.naming : undefined
    if (isQuery) this.#frames.push(frame('query', defines))
    else this.#frames.push(frame(expectsRelation ? 'relations' : 'values'))
  }

  #top(): Frame {
    const top = this.#frames.at(-1)
    if (top === undefined) throw new Refusal('a bracket is closed that was not opened')
    return top
  }

  /** The text of a token, a placeholder as what it stands for. */
  #placed(token: Token): string {
    const { dialect, object, property } = this.#scope
    const text = this.#text.slice(token.start, token.end)
    if (text === '"{object}"') return dialect.identifier(object)
    if (text !== '"{property}"') return text
    if (property === undefined) throw new Refusal('{property} stands in a rule of the whole object')
    return dialect.identifier(property)
  }

  #word(token: Token): string {
    return this.#text.slice(token.start, token.end).toLowerCase()
  }

  /** A name without its quotes; engines differ in what letter case means, and so it means nothing. */
  #name(token: Token): string {
    const text = this.#text.slice(token.start, token.end)
    if (token.kind !== 'quoted') return text.toLowerCase()
    if (!text.startsWith('"')) throw new Refusal('a name is written in escapes')
    return text.slice(1, -1).replaceAll('""', '"').toLowerCase()
  }

  #before(distance = 1): string {
    const token = this.#tokens[this.#at - distance]
    return token === undefined ? '' : this.#word(token)
  }

  #after(): string {
    const token = this.#tokens[this.#at + 1]
    return token === undefined ? '' : this.#word(token)
  }

  #shown(token: Token): string {
    return this.#word(token).slice(0, 20)
  }

  #write(text: string): void {
    this.#written += `${this.#gap()}${text}`
  }

  /** A space where the text has one, or a comment, before the token. */
  #gap(): string {
    const token = this.#tokens[this.#at]
    const previous = this.#tokens[this.#at - 1]
    return previous !== undefined && token !== undefined && previous.end < token.start ? ' ' : ''
  }
}
