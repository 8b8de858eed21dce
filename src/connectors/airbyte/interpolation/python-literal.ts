import { decodeStringLiteral } from '../../../jinja/syntax/string-literal.ts'
import { PyDict } from '../../../jinja/values/dict.ts'
import { PyFloat } from '../../../jinja/values/float.ts'
import { integerFromText } from '../../../jinja/values/integer.ts'
import { PySet } from '../../../jinja/values/set.ts'
import { PyTuple } from '../../../jinja/values/tuple.ts'

/** Stands for a text that is no literal; no literal is JavaScript's undefined either. */
const NONE = undefined

const SPACE = /(?:[ \t\f\r\n]|\\\n|#[^\n]*)*/y
const INTEGER =
  /0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*(?![\d_.eEjJ])|[1-9](?:_?\d)*(?![\d_.eEjJ])/y
const FLOAT =
  /(?:\d(?:_?\d)*)?\.\d(?:_?\d)*(?:[eE][+-]?\d(?:_?\d)*)?|\d(?:_?\d)*\.(?:[eE][+-]?\d(?:_?\d)*)?|\d(?:_?\d)*[eE][+-]?\d(?:_?\d)*/y
const STRING =
  /([rRuU]?)("""(?:[^\\]|\\[\s\S])*?"""|'''(?:[^\\]|\\[\s\S])*?'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')/y
const NAME = /(?:True|False|None)(?![A-Za-z0-9_])/y
const EMPTY_SET = /set[ \t]*\([ \t]*\)/y
const NAMES: Readonly<Record<string, unknown>> = { True: true, False: false, None: null }
/** Deeper than any literal that somebody writes, and far from the end of the stack. */
const DEEPEST = 200

class NoLiteral extends Error {}

/**
 * What Python's `ast.literal_eval` makes of a text: numbers, strings, None, True, False, and lists, tuples, dicts and sets
 * of them, as template values. Undefined when the text is none. (Bytes and complex numbers are taken for none.)
 */
export function parsePythonLiteral(text: string): unknown {
  const first = /^[ \t]*([\s\S])/.exec(text)?.[1]
  // Most texts are words: only these begin a literal.
  if (first === undefined || !/[\d.+\-'"rRuUTFN[({s\n#]/.test(first)) return NONE
  const reader = new LiteralReader(text.replace(/^[ \t]+/, ''))
  try {
    return reader.document()
  } catch (error) {
    if (error instanceof NoLiteral || error instanceof SyntaxError) return NONE
    throw error
  }
}

class LiteralReader {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): unknown {
    this.#space()
    const value = this.#items('', true)
    this.#space()
    if (this.#at < this.#text.length) throw new NoLiteral()
    return value
  }

  #value(): unknown {
    if (++this.#depth > DEEPEST) throw new NoLiteral()
    this.#space()
    const value = this.#signed() ?? this.#nested() ?? this.#strings() ?? this.#word()
    this.#depth--
    return value
  }

  #signed(): unknown {
    let sign = 1
    const start = this.#at
    for (; this.#peek() === '-' || this.#peek() === '+'; this.#space()) {
      if (this.#peek() === '-') sign = -sign
      this.#at++
    }
    const whole = this.#match(INTEGER)
    if (whole !== undefined) {
      const value = integerFromText(whole.replaceAll('_', ''))
      return sign < 0 ? -value : value
    }
    const float = this.#match(FLOAT)
    if (float !== undefined) return new PyFloat(sign * Number(float.replaceAll('_', '')))
    if (this.#at !== start) throw new NoLiteral()
    return undefined
  }

  #nested(): unknown {
    const open = this.#peek()
    if (open !== '[' && open !== '(' && open !== '{') return undefined
    this.#at++
    if (open === '{') return this.#braces()
    return this.#items(open === '[' ? ']' : ')', open === '(')
  }

  /** Values with commas between, to a closing sign or the end; one without a comma is itself where tuples may stand. */
  #items(close: string, tuples: boolean): unknown {
    const items: unknown[] = []
    let commas = 0
    for (;;) {
      this.#space()
      if (close === '' ? this.#at >= this.#text.length : this.#take(close)) break
      if (items.length > commas) throw new NoLiteral()
      items.push(this.#value())
      this.#space()
      if (this.#take(',')) commas++
    }
    if (!tuples) return items
    if (items.length === 1 && commas === 0) return items[0]
    if (close === '' && items.length === 0) throw new NoLiteral()
    return new PyTuple(items)
  }

  #braces(): unknown {
    const pairs: [unknown, unknown][] = []
    const items: unknown[] = []
    for (let more = true; ; ) {
      this.#space()
      if (this.#take('}')) break
      if (!more) throw new NoLiteral()
      const item = this.#value()
      this.#space()
      if (this.#take(':')) pairs.push([item, this.#value()])
      else items.push(item)
      this.#space()
      more = this.#take(',')
    }
    const unhashable = [...items, ...pairs.map(([key]) => key)].some(
      (key) => Array.isArray(key) || key instanceof PyDict || key instanceof PySet,
    )
    if (unhashable || (pairs.length > 0 && items.length > 0)) throw new NoLiteral()
    return items.length > 0 ? new PySet(items) : PyDict.of(pairs)
  }

  /** Strings beside one another are one. */
  #strings(): unknown {
    let text: string | undefined
    for (let part = this.#match(STRING); part !== undefined; part = this.#match(STRING)) {
      const prefix = /^[rRuU]/.test(part) ? part[0]!.toLowerCase() : ''
      const quoted = prefix === '' ? part : part.slice(1)
      const width = /^(?:"""|''')/.test(quoted) && quoted.length >= 6 ? 3 : 1
      const inside = quoted.slice(width, -width)
      text = (text ?? '') + (prefix === 'r' ? inside : decodeStringLiteral(inside))
      this.#space()
    }
    return text
  }

  #word(): unknown {
    const name = this.#match(NAME)
    if (name !== undefined) return NAMES[name]
    if (this.#match(EMPTY_SET) !== undefined) return new PySet([])
    throw new NoLiteral()
  }

  #space(): void {
    SPACE.lastIndex = this.#at
    this.#at += SPACE.exec(this.#text)?.[0].length ?? 0
  }

  #peek(): string | undefined {
    return this.#text[this.#at]
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false
    this.#at++
    return true
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }
}
