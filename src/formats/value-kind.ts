import type { LogicalType } from '../batch/logical-type.ts'
import { exactFloat, TextKind } from './text-kind.ts'

const INT64 = [-(2n ** 63n), 2n ** 63n - 1n] as const
const INT128 = [-(2n ** 127n), 2n ** 127n - 1n] as const

/** What a file says of a value; `untyped` where it says nothing, as XML does. */
export type SaidKind = 'null' | 'boolean' | 'number' | 'string' | 'object' | 'array' | 'untyped'

/**
 * The narrowest type that holds every value of one column exactly: whole numbers as bigint or, when larger, as hugeint;
 * numbers as double when that loses no digit of any, else as a decimal; strings as text or, when all are ISO 8601,
 * as dates or timestamps; untyped texts as what they denote beyond doubt. What is nested or mixed stays JSON.
 */
export class ValueKind {
  #kind: 'null' | 'boolean' | 'number' | 'string' | 'untyped' | 'mixed' = 'null'
  readonly #strings = new TextKind()
  #whole = true
  #plain = true
  #exact = true
  #least = 0n
  #greatest = 0n
  #before = 1
  #after = 0

  /** `text` is a string's value or a number's digits; of other kinds it is not looked at. */
  add(kind: SaidKind, text: string): void {
    if (kind === 'null' || this.#kind === 'mixed') return
    if (kind === 'object' || kind === 'array' || (this.#kind !== 'null' && this.#kind !== kind)) {
      this.#kind = 'mixed'
      return
    }
    this.#kind = kind
    if (kind === 'string' || kind === 'untyped') this.#strings.add(text)
    else if (kind === 'number') this.#number(text)
  }

  get type(): LogicalType {
    switch (this.#kind) {
      case 'null':
        return { kind: 'text' }
      case 'boolean':
        return { kind: 'boolean' }
      case 'untyped':
        return this.#strings.type
      case 'string': {
        const { type } = this.#strings
        return /^(date|timestamp|timestamptz)$/.test(type.kind) ? type : { kind: 'text' }
      }
      case 'number':
        return this.#numberType()
      default:
        return { kind: 'json' }
    }
  }

  #number(text: string): void {
    this.#exact &&= exactFloat(text)
    const parts = /^-?(\d+)(?:\.(\d+))?$/.exec(text)
    if (!parts || text === '-0') {
      this.#plain = this.#whole = false
      return
    }
    this.#before = Math.max(this.#before, parts[1]!.length)
    this.#after = Math.max(this.#after, parts[2]?.length ?? 0)
    if (parts[2] !== undefined) this.#whole = false
    else if (this.#whole) {
      const value = BigInt(text)
      if (value < this.#least) this.#least = value
      if (value > this.#greatest) this.#greatest = value
    }
  }

  #numberType(): LogicalType {
    const within = ([least, greatest]: readonly [bigint, bigint]) =>
      this.#least >= least && this.#greatest <= greatest
    if (this.#whole && within(INT64)) return { kind: 'int64' }
    if (this.#whole && within(INT128)) return { kind: 'int128' }
    if (this.#exact) return { kind: 'float64' }
    const precision = this.#before + this.#after
    if (this.#plain && precision <= 38) return { kind: 'decimal', precision, scale: this.#after }
    return { kind: 'json' }
  }
}
