import { stripEnd, WHITESPACE } from './python-whitespace.ts'
import type { SourceText } from './source-text.ts'
import { decodeStringLiteral } from './string-literal.ts'
import { syntaxError } from './syntax-error.ts'
import type { Token, TokenKind } from './token.ts'

const S = `[${WHITESPACE}]`
const opening = /\{[%{#]/g
const rawBegin = new RegExp(`\\{%([-+]?)${S}*raw${S}*(?:-%\\}${S}*|%\\})`, 'y')
const rawEnd = new RegExp(`\\{%([-+]?)${S}*endraw${S}*(?:\\+%\\}|-%\\}${S}*|%\\})`, 'g')
const commentEnd = new RegExp(`\\+#\\}|-#\\}${S}*|#\\}`, 'g')
const blockEnd = new RegExp(`\\+%\\}|-%\\}${S}*|%\\}`, 'y')
const variableEnd = new RegExp(`-\\}\\}${S}*|\\}\\}`, 'y')
const whitespace = new RegExp(`${S}+`, 'y')
const float = /(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy
const integer = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy
const name = /[\p{L}\p{N}\p{M}\p{Pc}]+/uy
const identifier = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u
const string = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y
const operator = /\/\/|\*\*|==|!=|>=|<=|[-+/*%~[\](){}<>=.:|,;]/y
const codesOf = (characters: string) =>
  new Set(Array.from(characters, (character) => character.charCodeAt(0)))
const operatorStarts = codesOf('-+/*%~[](){}<>=!.:|,;')
const closingStarts = codesOf('-+%}')
const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/**
 * Cuts a template into tokens as Jinja2 does with its default delimiters, trim_blocks and lstrip_blocks off and
 * one newline at the very end dropped. Comments vanish; raw blocks become text. Between a tag named in `rawTags`
 * and the end tag it maps to stands exactly one text token. Throws WW2001.
 */
export function tokenize(
  source: SourceText,
  rawTags: ReadonlyMap<string, string> = new Map(),
): readonly Token[] {
  return new Lexer(source, rawTags).run()
}

class Lexer {
  readonly #source: SourceText
  readonly #text: string
  readonly #rawTags: ReadonlyMap<string, string>
  readonly #tokens: Token[] = []
  #position = 0

  constructor(source: SourceText, rawTags: ReadonlyMap<string, string>) {
    this.#source = source
    this.#rawTags = rawTags
    this.#text = source.text.endsWith('\n') ? source.text.slice(0, -1) : source.text
  }

  run(): readonly Token[] {
    const text = this.#text
    while (this.#position < text.length) {
      opening.lastIndex = this.#position
      const found = opening.exec(text)
      if (!found) {
        this.#add('text', text.slice(this.#position), this.#position, text.length)
        break
      }
      this.#open(found.index, found[0])
    }
    this.#add('end', '', text.length, text.length)
    return this.#tokens
  }

  #open(at: number, mark: string): void {
    const sign = this.#text[at + 2]
    const data = this.#text.slice(this.#position, at)
    const kept = sign === '-' ? stripEnd(data) : data
    if (kept !== '') this.#add('text', kept, this.#position, this.#position + kept.length)
    const afterMark = at + 2 + (sign === '-' || sign === '+' ? 1 : 0)
    if (mark === '{#') this.#comment(at, afterMark)
    else if (mark === '{{') this.#tag('variable', at, afterMark)
    else {
      const raw = this.#match(rawBegin, at)
      if (raw === undefined) this.#block(at, afterMark)
      else this.#raw(at, at + raw.length)
    }
  }

  #block(at: number, afterMark: number): void {
    const first = this.#tokens.length + 1
    this.#tag('block', at, afterMark)
    const tag = this.#tokens[first]!
    const endTag = tag.kind === 'name' ? this.#rawTags.get(tag.value) : undefined
    if (endTag === undefined) return
    const pattern = new RegExp(`\\{%([-+]?)${S}*${endTag}${S}*[-+]?%\\}`, 'g')
    pattern.lastIndex = this.#position
    const end = pattern.exec(this.#text)
    if (!end) {
      throw syntaxError(
        this.#source,
        at,
        `'${tag.value}' is never closed`,
        `End it with \`{% ${endTag} %}\`.`,
      )
    }
    const data = this.#text.slice(this.#position, end.index)
    this.#add('text', end[1] === '-' ? stripEnd(data) : data, this.#position, end.index)
    this.#position = end.index
    this.#tag('block', end.index, end.index + 2 + end[1]!.length)
  }

  #comment(at: number, from: number): void {
    commentEnd.lastIndex = from
    const end = commentEnd.exec(this.#text)
    if (!end) throw syntaxError(this.#source, at, 'this comment is never closed', 'End it with `#}`.')
    this.#position = end.index + end[0].length
  }

  #raw(at: number, from: number): void {
    rawEnd.lastIndex = from
    const end = rawEnd.exec(this.#text)
    if (!end)
      throw syntaxError(this.#source, at, 'this raw block is never closed', 'End it with `{% endraw %}`.')
    const data = this.#text.slice(from, end.index)
    const kept = end[1] === '-' ? stripEnd(data) : data
    if (kept !== '') this.#add('text', kept, from, from + kept.length)
    this.#position = end.index + end[0].length
  }

  #tag(tag: 'variable' | 'block', at: number, from: number): void {
    this.#add(`${tag}_begin`, this.#text.slice(at, from), at, from)
    this.#position = from
    const end = tag === 'variable' ? variableEnd : blockEnd
    const open: string[] = []
    for (;;) {
      if (open.length === 0 && closingStarts.has(this.#text.charCodeAt(this.#position))) {
        const closing = this.#match(end, this.#position)
        if (closing !== undefined) {
          this.#take(`${tag}_end`, closing)
          return
        }
      }
      if (this.#position >= this.#text.length) {
        const sign = tag === 'variable' ? '}}' : '%}'
        throw syntaxError(this.#source, at, `this tag is never closed`, `End it with \`${sign}\`.`)
      }
      this.#inside(open)
    }
  }

  #inside(open: string[]): void {
    const at = this.#position
    // The first character mostly decides; asking one pattern only is what makes lexing fast.
    const first = this.#text.charCodeAt(at)
    const blank = first <= 0x20 || first >= 0x80 ? this.#match(whitespace, at) : undefined
    if (operatorStarts.has(first)) this.#operator(open, at)
    else if (blank !== undefined) this.#position += blank.length
    else if (!this.#number(at) && !this.#name(at) && !this.#string(at)) this.#operator(open, at)
  }

  #number(at: number): boolean {
    const first = this.#text.charCodeAt(at)
    if (first < 0x30 || first > 0x39) return false
    const real = this.#match(float, at)
    const digits = real ?? this.#match(integer, at)
    if (digits === undefined) return false
    this.#take(real === undefined ? 'integer' : 'float', digits, digits.replaceAll('_', ''))
    return true
  }

  #name(at: number): boolean {
    const word = this.#match(name, at)
    if (word === undefined) return false
    if (!identifier.test(word)) throw syntaxError(this.#source, at, `'${word}' is not a name`)
    this.#take('name', word)
    return true
  }

  #string(at: number): boolean {
    const quoted = this.#match(string, at)
    if (quoted === undefined) return false
    this.#take('string', quoted, this.#decode(quoted, at))
    return true
  }

  #operator(open: string[], at: number): void {
    const sign = this.#match(operator, at)
    if (sign === undefined) {
      const character = String.fromCodePoint(this.#text.codePointAt(at)!)
      const unclosed = character === "'" || character === '"'
      throw syntaxError(
        this.#source,
        at,
        unclosed ? 'this string is never closed' : `unexpected '${character}'`,
      )
    }
    this.#balance(open, sign, at)
    this.#take('operator', sign)
  }

  #decode(quoted: string, at: number): string {
    try {
      return decodeStringLiteral(quoted.slice(1, -1))
    } catch (error) {
      if (error instanceof SyntaxError) throw syntaxError(this.#source, at, error.message)
      throw error
    }
  }

  #balance(open: string[], sign: string, at: number): void {
    const closer = closers[sign]
    if (closer) open.push(closer)
    else if (sign === ')' || sign === ']' || sign === '}') {
      const expected = open.pop()
      if (expected === undefined) throw syntaxError(this.#source, at, `unexpected '${sign}'`)
      if (expected !== sign)
        throw syntaxError(this.#source, at, `unexpected '${sign}', expected '${expected}'`)
    }
  }

  #match(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at
    return pattern.exec(this.#text)?.[0]
  }

  #take(kind: TokenKind, raw: string, value = raw): void {
    this.#add(kind, value, this.#position, this.#position + raw.length)
    this.#position += raw.length
  }

  #add(kind: TokenKind, value: string, start: number, end: number): void {
    this.#tokens.push({ kind, value, start, end })
  }
}
