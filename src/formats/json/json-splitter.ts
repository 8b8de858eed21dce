const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPEN = 0x5b
const CLOSE = 0x5d
const LF = 0x0a

export interface JsonPiece {
  /** The value's text, without white space around it. */
  readonly bytes: Buffer
  readonly line: number
  /** The offset of its first byte. */
  readonly byte: number
}

/** Where and why a document is not JSON. */
export interface DocumentDefect {
  readonly problem: string
  readonly line: number
  readonly byte: number
}

/** A single value may be as long as this; it bounds what is kept in memory. */
export const LONGEST_VALUE = 256 << 20

type State = 'start' | 'first' | 'element' | 'after' | 'values' | 'done'

/**
 * Cuts a JSON document, pushed in chunks, into its records: the elements of a top-level array, else the values one
 * after another (usually one). It looks at brackets, strings and commas only; whether each value is JSON is for
 * the scanner to say. Memory is bound by the longest value.
 */
export class JsonSplitter {
  readonly #emit: (piece: JsonPiece) => void
  #state: State = 'start'
  #defect: DocumentDefect | undefined
  #line = 1
  #byte: number
  /** The value being read: its chunks so far, depth of brackets, and where it began. */
  #parts: Buffer[] = []
  #size = 0
  #depth = 0
  #inString = false
  #escaped = false
  #open = false
  #startLine = 1
  #startByte = 0

  constructor(emit: (piece: JsonPiece) => void, firstByte = 0) {
    this.#emit = emit
    this.#byte = firstByte
  }

  get defect(): DocumentDefect | undefined {
    return this.#defect
  }

  push(chunk: Buffer): void {
    let from = 0
    for (let at = 0; at < chunk.length && !this.#defect; at++) {
      const byte = chunk[at]!
      if (this.#open) {
        if (this.#inString) {
          if (this.#escaped) this.#escaped = false
          else if (byte === BACKSLASH) this.#escaped = true
          else if (byte === QUOTE) {
            this.#inString = false
            if (this.#depth === 0) this.#close(chunk, from, at + 1)
          }
        } else if (byte === QUOTE) {
          if (this.#depth === 0) {
            this.#close(chunk, from, at)
            from = at
            this.#between(byte, at)
          } else this.#inString = true
        } else if (byte === OPEN || byte === 0x7b) this.#depth++
        else if ((byte === CLOSE || byte === 0x7d) && this.#depth > 0) {
          if (--this.#depth === 0) this.#close(chunk, from, at + 1)
        } else if (this.#depth === 0 && (isSpace(byte) || byte === COMMA || byte === CLOSE)) {
          this.#close(chunk, from, at)
          this.#between(byte, at)
        }
      } else {
        from = at
        this.#between(byte, at)
      }
      if (byte === LF) this.#line++
    }
    if (this.#open && !this.#defect) {
      this.#parts.push(chunk.subarray(from))
      this.#size += chunk.length - from
      if (this.#size > LONGEST_VALUE) this.#fail('a value is longer than 256 MiB', chunk.length)
    }
    this.#byte += chunk.length
  }

  end(): void {
    if (this.#defect) return
    if (this.#open && this.#depth === 0 && !this.#inString) this.#close(Buffer.alloc(0), 0, 0)
    if (this.#open) this.#fail('the text ends inside a value', 0)
    else if (this.#state === 'first' || this.#state === 'element' || this.#state === 'after') {
      this.#fail('the text ends inside the array', 0)
    }
  }

  /** A byte between values. */
  #between(byte: number, at: number): void {
    if (isSpace(byte)) return
    switch (this.#state) {
      case 'start':
        if (byte === OPEN) this.#state = 'first'
        else this.#begin(byte, at, 'values')
        return
      case 'first':
        if (byte === CLOSE) this.#state = 'done'
        else if (byte === COMMA) this.#fail('a comma without a value before it', at)
        else this.#begin(byte, at, 'after')
        return
      case 'element':
        if (byte === CLOSE || byte === COMMA) this.#fail('a comma without a value after it', at)
        else this.#begin(byte, at, 'after')
        return
      case 'after':
        if (byte === COMMA) this.#state = 'element'
        else if (byte === CLOSE) this.#state = 'done'
        else this.#fail('a comma or the end of the array is missing', at)
        return
      case 'values':
        if (byte === COMMA || byte === CLOSE) this.#fail('not a JSON value', at)
        else this.#begin(byte, at, 'values')
        return
      case 'done':
        this.#fail('text after the end of the array', at)
    }
  }

  #begin(byte: number, at: number, next: State): void {
    this.#state = next
    this.#open = true
    this.#startLine = this.#line
    this.#startByte = this.#byte + at
    this.#depth = byte === OPEN || byte === 0x7b ? 1 : 0
    this.#inString = byte === QUOTE
  }

  #close(chunk: Buffer, from: number, to: number): void {
    const last = chunk.subarray(from, to)
    const bytes = this.#parts.length === 0 ? last : Buffer.concat([...this.#parts, last])
    this.#parts = []
    this.#size = 0
    this.#open = false
    this.#emit({ bytes, line: this.#startLine, byte: this.#startByte })
  }

  #fail(problem: string, at: number): void {
    this.#defect = { problem, line: this.#line, byte: this.#byte + at }
    this.#parts = []
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === LF || byte === 0x0d || byte === 0x09
}
