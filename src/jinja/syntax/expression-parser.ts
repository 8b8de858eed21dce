import { type ArgumentsNode, noArguments } from '../ast/call.ts'
import type { Expression } from '../ast/node.ts'
import type { BinaryOperator, ComparisonOperator } from '../ast/operator.ts'
import { PyFloat } from '../values/float.ts'
import { integerFromText } from '../values/integer.ts'
import type { TokenStream } from './token-stream.ts'

/** How tightly infix operators bind, loosest first. Unlike Python, `**` groups to the left and below unary minus. */
const power = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, concat: 6, product: 7, power: 8 } as const

const binaryPower: ReadonlyMap<string, number> = new Map([
  ['+', power.sum],
  ['-', power.sum],
  ['*', power.product],
  ['/', power.product],
  ['//', power.product],
  ['%', power.product],
  ['**', power.power],
])
const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>='])
const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
])

/** Parses expressions by precedence climbing (Pratt); keeps book of the names that are read. */
export class ExpressionParser {
  readonly stream: TokenStream
  #reads: Set<string> = new Set()

  constructor(stream: TokenStream) {
    this.stream = stream
  }

  /** Runs a parse and tells which names it read. */
  recordingReads<T>(parse: () => T): { readonly result: T; readonly reads: ReadonlySet<string> } {
    const outer = this.#reads
    const reads = new Set<string>()
    this.#reads = reads
    const result = parse()
    for (const name of reads) outer.add(name)
    this.#reads = outer
    return { result, reads }
  }

  /** An expression, inline if included. */
  expression(): Expression {
    let node = this.operand()
    while (this.stream.isName('if')) {
      const at = this.stream.advance().start
      const condition = this.operand()
      const no = this.stream.skip('name', 'else') ? this.expression() : undefined
      node = { kind: 'conditional', at, condition, yes: node, no }
    }
    return node
  }

  /** An expression without inline if, as `for … in` and `if` take it. */
  operand(): Expression {
    return this.#climb(power.or)
  }

  /** One expression, or several with commas as a tuple. `endsAt` names words that end it besides tag ends. */
  tuple(options: { inlineIf: boolean; endsAt?: readonly string[] }): Expression {
    return this.#tuple(this.stream.current.start, false, options)
  }

  /** `|name(…)|name(…)…` upon a value; without one, the first filter takes the text of a block. */
  filters(value: Expression | undefined, startsInline = false): Expression | undefined {
    let node = value
    let inline = startsInline
    while (inline || this.stream.skip('operator', '|')) {
      inline = false
      const at = this.stream.current.start
      const name = this.#dottedName()
      node = { kind: 'filter', at, value: node, name, arguments: this.#optionalArguments() }
    }
    return node
  }

  /** `(…)` of a call. */
  arguments(): ArgumentsNode {
    const { stream } = this
    stream.expect('operator', '(')
    const positional: Expression[] = []
    const keywords: { name: string; value: Expression }[] = []
    let spread: Expression | undefined
    let keywordSpread: Expression | undefined
    let first = true
    while (!stream.is('operator', ')')) {
      if (!first) {
        stream.expect('operator', ',')
        if (stream.is('operator', ')')) break
      }
      first = false
      const misplaced = () => stream.error('an argument cannot stand here: the order is a, b=1, *c, **d')
      if (stream.skip('operator', '*')) {
        if (spread || keywordSpread) throw misplaced()
        spread = this.expression()
      } else if (stream.skip('operator', '**')) {
        if (keywordSpread) throw misplaced()
        keywordSpread = this.expression()
      } else if (
        stream.is('name') &&
        stream.following.kind === 'operator' &&
        stream.following.value === '='
      ) {
        if (keywordSpread) throw misplaced()
        const name = stream.advance().value
        stream.advance()
        keywords.push({ name, value: this.expression() })
      } else {
        if (spread || keywordSpread || keywords.length > 0) throw misplaced()
        positional.push(this.expression())
      }
    }
    stream.expect('operator', ')')
    return { positional, keywords, spread, keywordSpread }
  }

  #climb(minimum: number): Expression {
    let left = minimum <= power.not && this.stream.isName('not') ? this.#not() : this.#unary(true)
    for (;;) {
      const next = this.#infix(left, minimum)
      if (!next) return left
      left = next
    }
  }

  #not(): Expression {
    const at = this.stream.advance().start
    return { kind: 'unary', at, operator: 'not', operand: this.#climb(power.not) }
  }

  #infix(left: Expression, minimum: number): Expression | undefined {
    const { kind, value, start: at } = this.stream.current
    if (kind === 'name') {
      if ((value === 'or' || value === 'and') && power[value] >= minimum) {
        this.stream.advance()
        return { kind: 'logical', at, operator: value, left, right: this.#climb(power[value] + 1) }
      }
    } else if (kind !== 'operator') return undefined
    if (power.comparison >= minimum && this.#comparisonAhead()) return this.#comparison(left)
    if (value === '~' && power.concat >= minimum) return this.#concat(left)
    const binding = binaryPower.get(value)
    if (binding === undefined || binding < minimum) return undefined
    this.stream.advance()
    return { kind: 'binary', at, operator: value as BinaryOperator, left, right: this.#climb(binding + 1) }
  }

  #comparisonAhead(): boolean {
    const { stream } = this
    if (stream.current.kind === 'operator') return comparisons.has(stream.current.value)
    if (stream.isName('in')) return true
    return stream.isName('not') && stream.following.kind === 'name' && stream.following.value === 'in'
  }

  #comparison(first: Expression): Expression {
    const at = this.stream.current.start
    const rest: { operator: ComparisonOperator; operand: Expression }[] = []
    while (this.#comparisonAhead()) {
      const word = this.stream.advance().value
      if (word === 'not') this.stream.advance()
      const operator = (word === 'not' ? 'not in' : word) as ComparisonOperator
      rest.push({ operator, operand: this.#climb(power.sum) })
    }
    return { kind: 'comparison', at, first, rest }
  }

  #concat(first: Expression): Expression {
    const at = this.stream.current.start
    const operands = [first]
    while (this.stream.skip('operator', '~')) operands.push(this.#climb(power.product))
    return { kind: 'concat', at, operands }
  }

  #unary(withFilters: boolean): Expression {
    const { stream } = this
    const at = stream.current.start
    let node: Expression
    if (stream.skip('operator', '-')) node = { kind: 'unary', at, operator: '-', operand: this.#unary(false) }
    else if (stream.skip('operator', '+'))
      node = { kind: 'unary', at, operator: '+', operand: this.#unary(false) }
    else node = this.#primary()
    node = this.#postfix(node)
    return withFilters ? this.#filtersAndTests(node) : node
  }

  #primary(): Expression {
    const { stream } = this
    const { kind, value, start: at } = stream.current
    switch (kind) {
      case 'name':
        stream.advance()
        if (constants.has(value)) return { kind: 'constant', at, value: constants.get(value) }
        this.#reads.add(value)
        return { kind: 'name', at, name: value }
      case 'string': {
        let text = ''
        while (stream.is('string')) text += stream.advance().value
        return { kind: 'constant', at, value: text }
      }
      case 'integer':
        stream.advance()
        return { kind: 'constant', at, value: integerFromText(value) }
      case 'float':
        stream.advance()
        return { kind: 'constant', at, value: new PyFloat(Number(value)) }
      case 'operator':
        if (value === '(') return this.#parenthesized(at)
        if (value === '[') return { kind: 'list', at, items: this.#items('[', ']', () => this.expression()) }
        if (value === '{') return { kind: 'dict', at, entries: this.#items('{', '}', () => this.#entry()) }
    }
    throw stream.unexpected('an expression')
  }

  #parenthesized(at: number): Expression {
    this.stream.advance()
    const node = this.#tuple(at, true, { inlineIf: true })
    this.stream.expect('operator', ')')
    return node
  }

  #entry(): { key: Expression; value: Expression } {
    const key = this.expression()
    this.stream.expect('operator', ':')
    return { key, value: this.expression() }
  }

  #items<T>(open: string, close: string, item: () => T): readonly T[] {
    this.stream.expect('operator', open)
    const items: T[] = []
    while (!this.stream.is('operator', close)) {
      if (items.length > 0) this.stream.expect('operator', ',')
      if (this.stream.is('operator', close)) break
      items.push(item())
    }
    this.stream.advance()
    return items
  }

  #tuple(
    at: number,
    mayBeEmpty: boolean,
    options: { inlineIf: boolean; endsAt?: readonly string[] },
  ): Expression {
    const items: Expression[] = []
    let isTuple = false
    for (;;) {
      if (items.length > 0) this.stream.expect('operator', ',')
      if (this.#tupleEnds(options.endsAt ?? [])) break
      items.push(options.inlineIf ? this.expression() : this.operand())
      if (!this.stream.is('operator', ',')) break
      isTuple = true
    }
    const [only] = items
    if (!isTuple && only) return only
    if (!isTuple && !mayBeEmpty) throw this.stream.unexpected('an expression')
    return { kind: 'tuple', at, items }
  }

  #tupleEnds(words: readonly string[]): boolean {
    const { stream } = this
    return (
      stream.is('variable_end') ||
      stream.is('block_end') ||
      stream.is('operator', ')') ||
      stream.isName(...words)
    )
  }

  #postfix(start: Expression): Expression {
    const { stream } = this
    let node = start
    for (;;) {
      const at = stream.current.start
      if (stream.skip('operator', '.')) node = this.#attribute(node)
      else if (stream.is('operator', '[')) node = this.#subscript(node)
      else if (stream.is('operator', '('))
        node = { kind: 'call', at, callee: node, arguments: this.arguments() }
      else return node
    }
  }

  #attribute(object: Expression): Expression {
    const { kind, value, start: at } = this.stream.current
    if (kind === 'name') {
      this.stream.advance()
      return { kind: 'attribute', at, object, name: value }
    }
    if (kind !== 'integer') throw this.stream.unexpected('a name or a number')
    this.stream.advance()
    return { kind: 'item', at, object, key: { kind: 'constant', at, value: integerFromText(value) } }
  }

  #subscript(object: Expression): Expression {
    const at = this.stream.current.start
    const keys = this.#items('[', ']', () => this.#key())
    const [only] = keys
    const key: Expression = keys.length === 1 && only ? only : { kind: 'tuple', at, items: keys }
    return { kind: 'item', at, object, key }
  }

  #key(): Expression {
    const { stream } = this
    const at = stream.current.start
    const part = () => (this.#keyPartEnds() ? undefined : this.expression())
    const start = part()
    if (start && !stream.is('operator', ':')) return start
    stream.expect('operator', ':')
    const stop = part()
    const step = stream.skip('operator', ':') ? part() : undefined
    return { kind: 'slice', at, start, stop, step }
  }

  #keyPartEnds(): boolean {
    const { stream } = this
    return stream.is('operator', ':') || stream.is('operator', ']') || stream.is('operator', ',')
  }

  #filtersAndTests(start: Expression): Expression {
    const { stream } = this
    let node = start
    for (;;) {
      const at = stream.current.start
      if (stream.is('operator', '|')) node = this.filters(node) ?? node
      else if (stream.isName('is')) node = this.#test(node)
      else if (stream.is('operator', '('))
        node = { kind: 'call', at, callee: node, arguments: this.arguments() }
      else return node
    }
  }

  #test(value: Expression): Expression {
    const { stream } = this
    const at = stream.advance().start
    const negated = stream.skip('name', 'not')
    const nameAt = stream.current.start
    const name = this.#dottedName()
    const test: Expression = { kind: 'test', at: nameAt, value, name, arguments: this.#testArguments() }
    return negated ? { kind: 'unary', at, operator: 'not', operand: test } : test
  }

  /** A test takes one argument without parentheses: `x is divisibleby 3`. */
  #testArguments(): ArgumentsNode {
    const { stream } = this
    if (stream.is('operator', '(')) return this.arguments()
    const { kind, value } = stream.current
    const startsValue =
      kind === 'name' ||
      kind === 'string' ||
      kind === 'integer' ||
      kind === 'float' ||
      (kind === 'operator' && (value === '[' || value === '{'))
    // Only these three words end a test, as in Jinja2: `x is odd if y` reads `if` as the argument, and fails.
    if (!startsValue || stream.isName('else', 'or', 'and')) return noArguments
    if (stream.isName('is')) throw stream.error('tests cannot be chained with `is`', 'Join them with `and`.')
    return { ...noArguments, positional: [this.#postfix(this.#primary())] }
  }

  #optionalArguments(): ArgumentsNode {
    return this.stream.is('operator', '(') ? this.arguments() : noArguments
  }

  #dottedName(): string {
    let name = this.stream.expect('name').value
    while (this.stream.skip('operator', '.')) name += `.${this.stream.expect('name').value}`
    return name
  }
}
