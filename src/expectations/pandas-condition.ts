import type { Dialect } from '../engines/dialect.ts'
import { Refusal } from './refusal.ts'

/**
 * A condition of pandas' `DataFrame.query` as SQL that is never NULL: comparisons with what is missing are false, but for `!=`, which
 * is true. Names, texts, numbers, comparisons, `in`, `and`, `or`, `not`, `isnull()` and `notnull()`; everything else is a Refusal.
 */
export function pandasCondition(text: string, dialect: Dialect): string {
  return new Reader(text, dialect).read()
}

const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|`(?<quoted>[^`]+)`|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<sign><=|>=|==|!=|[-<>()[\],.&|~]))/uy

type Kind = 'number' | 'text' | 'quoted' | 'name' | 'sign'

interface Token {
  readonly kind: Kind
  readonly text: string
}

const KINDS: readonly Kind[] = ['number', 'text', 'quoted', 'name', 'sign']
const COMPARISONS: Readonly<Record<string, string>> = {
  '==': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

class Reader {
  readonly #tokens: readonly Token[]
  readonly #text: string
  readonly #dialect: Dialect
  #at = 0

  constructor(text: string, dialect: Dialect) {
    this.#text = text
    this.#dialect = dialect
    this.#tokens = tokensOf(text)
  }

  read(): string {
    const condition = this.#either()
    if (this.#at < this.#tokens.length) this.#stuck()
    return condition
  }

  #either(): string {
    const parts = [this.#both()]
    while (this.#take('or', '|')) parts.push(this.#both())
    return parts.length === 1 ? parts[0]! : `(${parts.join(' or ')})`
  }

  #both(): string {
    const parts = [this.#not()]
    while (this.#take('and', '&')) parts.push(this.#not())
    return parts.length === 1 ? parts[0]! : `(${parts.join(' and ')})`
  }

  #not(): string {
    return this.#take('not', '~') ? `(not ${this.#not()})` : this.#comparison()
  }

  #comparison(): string {
    if (this.#take('(')) {
      const inner = this.#either()
      if (!this.#take(')')) this.#stuck()
      return inner
    }
    const left = this.#operand()
    if (this.#take('.')) return this.#method(left)
    const isNot = this.#take('not')
    if (this.#take('in'))
      return `coalesce(${left} in (${this.#list().join(', ')}), false) = ${isNot ? 'false' : 'true'}`
    const operator = COMPARISONS[this.#tokens[this.#at]?.text ?? '']
    if (isNot || operator === undefined) this.#stuck()
    this.#at++
    const compared = `coalesce(${left} ${operator} ${this.#operand()}, ${operator === '<>'})`
    // pandas chains comparisons, and a reading of the first alone would be another condition.
    if (COMPARISONS[this.#tokens[this.#at]?.text ?? ''] !== undefined) this.#stuck()
    return compared
  }

  #method(operand: string): string {
    const method = this.#tokens[this.#at++]?.text ?? ''
    if (!this.#take('(') || !this.#take(')')) this.#stuck()
    if (/^(?:isnull|isna)$/.test(method)) return `${operand} is null`
    if (/^(?:notnull|notna)$/.test(method)) return `${operand} is not null`
    return this.#stuck()
  }

  #list(): readonly string[] {
    if (!this.#take('[', '(')) this.#stuck()
    const values = [this.#operand()]
    while (this.#take(',')) values.push(this.#operand())
    if (!this.#take(']', ')')) this.#stuck()
    return values
  }

  #operand(): string {
    const isNegative = this.#take('-')
    const token = this.#tokens[this.#at++]
    if (token?.kind === 'number') return this.#dialect.literal(Number(token.text) * (isNegative ? -1 : 1))
    if (isNegative || token === undefined) return this.#stuck()
    if (token.kind === 'text')
      return this.#dialect.literal(token.text.slice(1, -1).replaceAll(/\\(.)/g, '$1'))
    if (token.kind === 'quoted') return this.#dialect.identifier(token.text)
    if (token.text === 'True' || token.text === 'False') return token.text.toLowerCase()
    return token.kind === 'name' ? this.#dialect.identifier(token.text) : this.#stuck()
  }

  #take(...texts: readonly string[]): boolean {
    const token = this.#tokens[this.#at]
    const isTaken = token !== undefined && token.kind !== 'text' && texts.includes(token.text)
    if (isTaken) this.#at++
    return isTaken
  }

  #stuck(): never {
    throw new Refusal(`the row_condition cannot be said in SQL: ${this.#text}`)
  }
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const groups = TOKEN.exec(text)?.groups
    if (groups === undefined) throw new Refusal(`the row_condition cannot be said in SQL: ${text}`)
    const kind = KINDS.find((one) => groups[one] !== undefined)!
    tokens.push({ kind, text: groups[kind]! })
  }
  return tokens
}
