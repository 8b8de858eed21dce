/** One member of an object: its key and where its value's text stands. */
export interface JsonMember {
  readonly key: string
  readonly kind: JsonKind
  readonly start: number
  readonly end: number
}

export type JsonKind = 'null' | 'boolean' | 'number' | 'string' | 'object' | 'array'

/** Thrown inside this folder only; `at` is an index into the text, and the message has no value in it. */
export class JsonDefect extends Error {
  readonly at: number
  /** The text is not JSON at all; otherwise it is JSON that cannot be a record. */
  readonly syntax: boolean

  constructor(message: string, at: number, syntax = true) {
    super(message)
    this.at = at
    this.syntax = syntax
  }
}

const DEEPEST = 1000
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/**
 * Scans one JSON text strictly by RFC 8259: no trailing commas, no NaN, no comments. Values stay where they are, as
 * ranges of the text, so that no digit of a number is lost. Unlike most parsers it refuses a repeated key, of which
 * those keep the last in silence.
 */
export class JsonScanner {
  #text = ''
  #at = 0
  /** Where the first repeated key stands: told only when the text is JSON otherwise. */
  #repeated: number | undefined

  /** The members of an object's text, with nothing but white space around it. Throws JsonDefect. */
  object(text: string): readonly JsonMember[] {
    this.#begin(text)
    if (this.#peek() !== '{') {
      this.#value(0)
      this.#finish()
      throw new JsonDefect('not an object', 0, false)
    }
    const members = this.#members(0, true)
    this.#finish()
    if (this.#repeated !== undefined) {
      throw new JsonDefect('a key is repeated in one object', this.#repeated, false)
    }
    return members
  }

  #begin(text: string): void {
    this.#text = text
    this.#at = 0
    this.#repeated = undefined
    this.#space()
  }

  #finish(): void {
    this.#space()
    if (this.#at < this.#text.length) throw new JsonDefect('text after the value', this.#at)
  }

  #value(depth: number): JsonKind {
    if (depth > DEEPEST) throw new JsonDefect(`nested deeper than ${DEEPEST}`, this.#at, false)
    switch (this.#peek()) {
      case '{':
        this.#members(depth, false)
        return 'object'
      case '[':
        this.#elements(depth)
        return 'array'
      case '"':
        this.#string()
        return 'string'
      case 't':
        return this.#word('true', 'boolean')
      case 'f':
        return this.#word('false', 'boolean')
      case 'n':
        return this.#word('null', 'null')
      case undefined:
        throw new JsonDefect('the text ends too early', this.#at)
      default:
        this.#match(NUMBER, 'not a JSON value')
        return 'number'
    }
  }

  #members(depth: number, collect: boolean): JsonMember[] {
    const members: JsonMember[] = []
    const keys = new Set<string>()
    this.#at++
    this.#space()
    if (this.#peek() === '}') {
      this.#at++
      return members
    }
    for (;;) {
      const keyStart = this.#at
      if (this.#peek() !== '"') throw new JsonDefect('a key is missing', this.#at)
      this.#string()
      const key = jsonString(this.#text.slice(keyStart, this.#at))
      if (keys.has(key)) this.#repeated ??= keyStart
      keys.add(key)
      this.#space()
      if (this.#peek() !== ':') throw new JsonDefect('a colon is missing', this.#at)
      this.#at++
      this.#space()
      const start = this.#at
      const kind = this.#value(depth + 1)
      if (collect) members.push({ key, kind, start, end: this.#at })
      this.#space()
      const next = this.#peek()
      this.#at++
      if (next === '}') return members
      if (next !== ',') throw new JsonDefect('a comma or the end of an object is missing', this.#at - 1)
      this.#space()
    }
  }

  #elements(depth: number): void {
    this.#at++
    this.#space()
    if (this.#peek() === ']') {
      this.#at++
      return
    }
    for (;;) {
      this.#value(depth + 1)
      this.#space()
      const next = this.#peek()
      this.#at++
      if (next === ']') return
      if (next !== ',') throw new JsonDefect('a comma or the end of an array is missing', this.#at - 1)
      this.#space()
    }
  }

  #peek(): string | undefined {
    return this.#text[this.#at]
  }

  #word(word: string, kind: JsonKind): JsonKind {
    if (!this.#text.startsWith(word, this.#at)) throw new JsonDefect('not a JSON value', this.#at)
    this.#at += word.length
    return kind
  }

  #match(pattern: RegExp, problem: string): void {
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#text)) throw new JsonDefect(problem, this.#at)
    this.#at = pattern.lastIndex
  }

  #string(): void {
    const text = this.#text
    for (let at = this.#at + 1; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 0x22) {
        this.#at = at + 1
        return
      }
      if (code < 0x20) throw new JsonDefect('a control character in a string', at)
      if (code !== 0x5c) continue
      ESCAPE.lastIndex = at
      if (!ESCAPE.test(text)) throw new JsonDefect('an escape that JSON does not have', at)
      at = ESCAPE.lastIndex - 1
    }
    throw new JsonDefect('a string never ends', this.#at)
  }

  #space(): void {
    const text = this.#text
    for (; this.#at < text.length; this.#at++) {
      const code = text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
    }
  }
}

/** The value of a string's text, quotes included, that was scanned before. */
export function jsonString(text: string): string {
  if (!text.includes('\\')) return text.slice(1, -1)
  const value: unknown = JSON.parse(text)
  return String(value)
}
