import type { Config } from '../merge-configs.ts'
import type { Reference } from '../reference.ts'

/** What a template does while it is parsed, told from its text alone. */
export interface StaticTemplate {
  readonly uses: readonly Reference[]
  /** What each config() was called with, in order. */
  readonly configs: readonly Config[]
}

const NOTHING: StaticTemplate = Object.freeze({ uses: [], configs: [] })

/** Names whose call may be told from the text, unless a macro has taken one of them. */
export const staticNames = ['ref', 'source', 'config', 'this', 'target', 'var'] as const

/**
 * Reads a template that only prints calls of ref(), source(), config() and var() with literal arguments, or parts of `this` and
 * `target`. Undefined for every other, which has to be rendered; for those it reads, rendering would find the same. `isPlain` tells
 * whether a variable's value is no template itself.
 */
export function readStaticTemplate(
  text: string,
  isPlain: (variable: string) => boolean = () => true,
): StaticTemplate | undefined {
  let open = text.indexOf('{')
  if (open < 0) return NOTHING
  const uses: Reference[] = []
  const configs: Config[] = []
  while (open >= 0) {
    const next = text[open + 1]
    if (next === '%') return undefined
    if (next === '#') {
      const end = text.indexOf('#}', open + 2)
      if (end < 0) return undefined
      open = text.indexOf('{', end + 2)
      continue
    }
    if (next !== '{') {
      open = text.indexOf('{', open + 1)
      continue
    }
    const reader = new Reader(text, open + 2, isPlain)
    const call = reader.call()
    if (!call) return undefined
    if ('config' in call) configs.push(call.config)
    else if ('reference' in call) uses.push(call.reference)
    open = text.indexOf('{', reader.at)
  }
  return { uses, configs }
}

type Call = { readonly reference: Reference } | { readonly config: Config } | { readonly nothing: true }

const word = /[A-Za-z_]\w*/y
const space = /\s*/y
const number = /-?\d+(?![\w.])/y
const simpleText = /'([^'\\]*)'|"([^"\\]*)"/y
const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['True', true],
  ['true', true],
  ['False', false],
  ['false', false],
  ['None', null],
  ['none', null],
])

/** Thrown where the text is more than a literal call. */
const BEYOND = Symbol('beyond literals')

class Reader {
  at: number
  readonly #text: string
  readonly #isPlain: (variable: string) => boolean

  constructor(text: string, at: number, isPlain: (variable: string) => boolean) {
    this.#text = text
    this.at = at
    this.#isPlain = isPlain
  }

  /** The call between two pairs of braces; undefined when it is none that can be read. */
  call(): Call | undefined {
    try {
      return this.#call()
    } catch (thrown) {
      if (thrown === BEYOND) return undefined
      throw thrown
    }
  }

  #call(): Call {
    this.#skip('-') || this.#skip('+')
    this.#space()
    const name = this.#match(word)
    if (name === 'this' || name === 'target') {
      while (this.#skip('.')) this.#match(word)
      return this.#end({ nothing: true })
    }
    this.#space()
    this.#expect('(')
    const { list, named } = this.#arguments()
    switch (name) {
      case 'config':
        if (list.length > 0) throw BEYOND
        return this.#end({ config: named })
      case 'ref':
        return this.#end({ reference: refOf(list, named) })
      case 'source': {
        const [source, table] = list
        if (typeof source !== 'string' || typeof table !== 'string' || list.length > 2) throw BEYOND
        if (Object.keys(named).length > 0) throw BEYOND
        return this.#end({ reference: { kind: 'source', source, table } })
      }
      case 'var':
        if (typeof list[0] !== 'string' || list.length > 2 || Object.keys(named).length > 0) throw BEYOND
        if (!this.#isPlain(list[0])) throw BEYOND
        return this.#end({ nothing: true })
      default:
        throw BEYOND
    }
  }

  #end(call: Call): Call {
    this.#space()
    this.#skip('-') || this.#skip('+')
    this.#expect('}')
    this.#expect('}')
    return call
  }

  #arguments(): { readonly list: readonly unknown[]; readonly named: Config } {
    const list: unknown[] = []
    const named: Record<string, unknown> = {}
    for (this.#space(); !this.#skip(')'); this.#space()) {
      const before = this.at
      word.lastIndex = this.at
      const name = word.exec(this.#text)?.[0]
      if (name !== undefined) {
        this.at += name.length
        this.#space()
      }
      if (name !== undefined && this.#text[this.at] === '=' && this.#text[this.at + 1] !== '=') {
        this.at++
        if (Object.hasOwn(named, name) || name === '__proto__') throw BEYOND
        named[name] = this.#value()
      } else {
        if (Object.keys(named).length > 0) throw BEYOND
        this.at = before
        list.push(this.#value())
      }
      this.#space()
      if (!this.#skip(',') && this.#text[this.at] !== ')') throw BEYOND
    }
    return { list, named }
  }

  #value(): unknown {
    this.#space()
    const first = this.#text[this.at]
    if (first === "'" || first === '"') return this.#string()
    if (first === '[') return this.#list()
    if (first === '{') return this.#dict()
    number.lastIndex = this.at
    const digits = number.exec(this.#text)?.[0]
    if (digits !== undefined) {
      const value = Number(digits)
      if (!Number.isSafeInteger(value) || /^-?0\d/.test(digits) || Object.is(value, -0)) throw BEYOND
      this.at += digits.length
      return value
    }
    const constant = this.#match(word)
    if (!words.has(constant)) throw BEYOND
    return words.get(constant)
  }

  #string(): string {
    simpleText.lastIndex = this.at
    const match = simpleText.exec(this.#text)
    if (!match) throw BEYOND
    this.at += match[0].length
    return match[1] ?? match[2]!
  }

  #list(): unknown[] {
    this.#expect('[')
    const items: unknown[] = []
    for (this.#space(); !this.#skip(']'); this.#space()) {
      items.push(this.#value())
      this.#space()
      if (!this.#skip(',') && this.#text[this.at] !== ']') throw BEYOND
    }
    return items
  }

  #dict(): Config {
    this.#expect('{')
    const entries: Record<string, unknown> = {}
    for (this.#space(); !this.#skip('}'); this.#space()) {
      const key = this.#string()
      this.#space()
      this.#expect(':')
      // Keys like numbers would be put in another order.
      if (key === '__proto__' || /^\d+$/.test(key)) throw BEYOND
      entries[key] = this.#value()
      this.#space()
      if (!this.#skip(',') && this.#text[this.at] !== '}') throw BEYOND
    }
    return entries
  }

  #space(): void {
    space.lastIndex = this.at
    space.exec(this.#text)
    this.at = space.lastIndex
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.#text)?.[0]
    if (found === undefined) throw BEYOND
    this.at += found.length
    return found
  }

  #skip(symbol: string): boolean {
    if (this.#text[this.at] !== symbol) return false
    this.at++
    return true
  }

  #expect(symbol: string): void {
    if (!this.#skip(symbol)) throw BEYOND
  }
}

function refOf(list: readonly unknown[], { v, version = v, ...others }: Config): Reference {
  const [first, second, ...more] = list
  if (typeof first !== 'string' || more.length > 0 || Object.keys(others).length > 0) throw BEYOND
  if (version !== undefined && typeof version !== 'number' && typeof version !== 'string') throw BEYOND
  const named = version === undefined ? {} : { version }
  if (second === undefined) return { kind: 'ref', package: undefined, model: first, ...named }
  if (typeof second !== 'string') throw BEYOND
  return { kind: 'ref', package: first, model: second, ...named }
}
