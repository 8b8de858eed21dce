import { WaterworksError } from '../../errors/waterworks-error.ts'
import { jsonString } from '../json/json-scanner.ts'
import type { SaidKind } from '../value-kind.ts'
import { NestedTable, NestedValue } from './nested-shape.ts'
import { type Nesting, nestedAs } from './nesting.ts'

/** Where an element stands: the tables' rows that it is in, as `items/3`, and its own place among its list, from 1. */
export interface ElementPlace {
  readonly place: string
  readonly within: string | null
  readonly position: number
}

/** Hears of the cells of a record, table by table; those of an element come after those of what it is in. */
export interface NestedVisitor {
  cell(value: NestedValue, kind: SaidKind, text: string): void
  /** A list's element begins: cells of its table up to its end are its own. */
  begin(table: NestedTable, place: ElementPlace): void
  end(table: NestedTable): void
  /** What is wrong with the record, without a value of it. */
  defect(value: NestedValue, problem: string): void
}

/** The column of elements that are no objects. */
export const ELEMENT = 'value'

/**
 * Walks JSON texts that are known to be well-formed, once, and tells a visitor of their cells. Digits and strings are
 * handed on as they stand. What places there are is remembered in `NestedValue`s from text to text.
 */
export class NestedWalker {
  readonly #nesting: Nesting
  readonly #visitor: NestedVisitor
  #text = ''
  #at = 0

  constructor(nesting: Nesting, visitor: NestedVisitor) {
    this.#nesting = nesting
    this.#visitor = visitor
  }

  /** Walks the text of one value. */
  walk(value: NestedValue, text: string): void {
    this.#text = text
    this.#at = 0
    this.#space()
    this.#value(value, '')
  }

  #value(value: NestedValue, within: string): void {
    const start = this.#at
    switch (this.#text.charCodeAt(start)) {
      case 0x7b:
        if (value.as !== 'json' && this.#goesOn(value)) this.#object(value, within)
        else this.#whole(value, 'object')
        return
      case 0x5b:
        if (value.as === 'tables' && this.#goesOn(value)) this.#list(value, within)
        else this.#whole(value, 'array')
        return
      case 0x22: {
        this.#string()
        this.#visitor.cell(value, 'string', this.#text.slice(start, this.#at))
        return
      }
      case 0x74:
        this.#at += 4
        this.#visitor.cell(value, 'boolean', 'true')
        return
      case 0x66:
        this.#at += 5
        this.#visitor.cell(value, 'boolean', 'false')
        return
      case 0x6e:
        this.#at += 4
        return
      default:
        this.#number()
        this.#visitor.cell(value, 'number', this.#text.slice(start, this.#at))
    }
  }

  #goesOn({ depth }: NestedValue): boolean {
    return this.#nesting.depth === undefined || depth < this.#nesting.depth
  }

  #object(value: NestedValue, within: string): void {
    let seen: Set<string> | undefined
    this.#at++
    this.#space()
    if (this.#text.charCodeAt(this.#at) === 0x7d) {
      this.#at++
      return
    }
    for (;;) {
      const start = this.#at
      this.#string()
      const key = jsonString(this.#text.slice(start, this.#at))
      seen ??= new Set()
      if (seen.has(key)) this.#visitor.defect(value, 'a key is repeated in one object')
      seen.add(key)
      this.#space()
      this.#at++
      this.#space()
      this.#value(this.#member(value, key), within)
      this.#space()
      if (this.#text.charCodeAt(this.#at++) === 0x7d) return
      this.#space()
    }
  }

  #member(value: NestedValue, key: string): NestedValue {
    const known = value.members.get(key)
    if (known !== undefined) return known
    const path = [...value.path, key]
    const as = nestedAs(this.#nesting, path, value.as)
    const member = new NestedValue(value.table, [...value.keys, key], path, as, value.depth + 1)
    value.members.set(key, member)
    return member
  }

  #list(value: NestedValue, within: string): void {
    const isElement = value.keys.length === 0
    value.list ??= new NestedTable(
      isElement ? [...value.path, ELEMENT] : value.path,
      value.table,
      value.as,
      isElement ? value.depth + 1 : value.depth,
    )
    const table = value.list
    const name = isElement ? ELEMENT : value.keys.map(escaped).join('.')
    this.#at++
    this.#space()
    if (this.#text.charCodeAt(this.#at) === 0x5d) {
      this.#at++
      return
    }
    for (let position = 1; ; position++) {
      const place = `${within === '' ? '' : `${within}/`}${name}/${position}`
      this.#visitor.begin(table, { place, within: within === '' ? null : within, position })
      this.#value(table.element, place)
      this.#visitor.end(table)
      this.#space()
      if (this.#text.charCodeAt(this.#at++) === 0x5d) return
      this.#space()
    }
  }

  /** A value that is not taken apart, as its text. */
  #whole(value: NestedValue, kind: 'object' | 'array'): void {
    const start = this.#at
    let depth = 0
    do {
      const code = this.#text.charCodeAt(this.#at)
      if (code === 0x22) this.#string()
      else {
        if (code === 0x7b || code === 0x5b) depth++
        else if (code === 0x7d || code === 0x5d) depth--
        this.#at++
      }
    } while (depth > 0)
    this.#visitor.cell(value, kind, this.#text.slice(start, this.#at))
  }

  #string(): void {
    for (let at = this.#at + 1; ; at++) {
      at = this.#text.indexOf('"', at)
      if (at < 0) throw new WaterworksError('WW9001', { message: 'a JSON text that never ends' })
      let slashes = 0
      while (this.#text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++
      if (slashes % 2 === 1) continue
      this.#at = at + 1
      return
    }
  }

  #number(): void {
    while (this.#at < this.#text.length && NUMBER.has(this.#text.charCodeAt(this.#at))) this.#at++
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at++
    }
  }
}

const NUMBER = new Set([...'+-.0123456789eE'].map((character) => character.charCodeAt(0)))

/** Places are told apart whatever is in the keys. */
function escaped(key: string): string {
  return key.replaceAll(/[~/.]/g, (character) => `~${'~/.'.indexOf(character)}`)
}
