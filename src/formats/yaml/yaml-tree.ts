import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml'
import type { Cell, TypedCell, WellFormed } from '../records/decoded-record.ts'

/** A record cannot be taken as it is written. The message has no value in it. */
export class YamlDefect extends Error {}

/** What aliases stand for is written out where they stand, as long as a record has no more values than this. */
const MOST_VALUES = 1_000_000
const DEEPEST = 200

const NULL = /^(?:~|null|Null|NULL|)$/
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/
/** As JSON writes numbers; `007`, `+7` and `.5` are numbers to YAML and may as well be names to people, and stay text. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** The events of one document, read as records whose numbers keep their digits. */
export class YamlTree {
  readonly #text: string
  readonly #events: readonly Event[]
  readonly #anchors = new Map<string, number>()
  #values = 0

  constructor(text: string, events: readonly Event[]) {
    this.#text = text
    this.#events = events
  }

  /** Where the records begin: items of a list at the top, or the top itself; none where there is nothing. */
  records(): readonly { readonly at: number; readonly start: number; readonly end: number }[] {
    const top = 1
    const event = this.#events[top]
    if (event === undefined || event.type === EVENT_ID.POP) return []
    const whole = [{ at: top, start: this.#start(top), end: this.#text.length }]
    if (event.type === EVENT_ID.SCALAR) return this.#scalar(event) === null ? [] : whole
    if (event.type !== EVENT_ID.SEQUENCE) return whole
    const starts: number[] = []
    for (let at = top + 1; this.#events[at]?.type !== EVENT_ID.POP; at = this.#skip(at)) starts.push(at)
    return starts.map((at, index) => {
      const next = starts[index + 1]
      return { at, start: this.#start(at), end: next === undefined ? this.#text.length : this.#start(next) }
    })
  }

  /** The record that begins at an event. Throws YamlDefect. */
  record(at: number): Pick<WellFormed, 'names' | 'cells'> {
    this.#values = 0
    const place = this.#resolve(at)
    if (this.#events[place]?.type !== EVENT_ID.MAPPING) throw new YamlDefect('not a mapping')
    const names: string[] = []
    const cells: Cell[] = []
    for (const [key, value] of this.#members(place)) {
      names.push(key)
      cells.push(this.#cell(value))
    }
    return { names, cells }
  }

  *#members(at: number): Generator<readonly [string, number]> {
    const keys = new Set<string>()
    for (let next = at + 1; this.#events[next]?.type !== EVENT_ID.POP; ) {
      const key = this.#events[this.#resolve(next)]
      if (key?.type !== EVENT_ID.SCALAR) throw new YamlDefect('a key that is no text')
      const name = getScalarValue(this.#text, key)
      if (keys.has(name)) throw new YamlDefect('a key is repeated in one mapping')
      keys.add(name)
      const value = this.#skip(next)
      yield [name, value]
      next = this.#skip(value)
    }
  }

  #cell(at: number): Cell {
    const place = this.#resolve(at)
    const event = this.#events[place]
    if (event?.type === EVENT_ID.SCALAR) return this.#scalar(event)
    return { kind: 'json', text: this.#json(place, 0) }
  }

  #json(at: number, depth: number): string {
    if (++this.#values > MOST_VALUES)
      throw new YamlDefect(`more than ${MOST_VALUES} values, aliases written out`)
    if (depth > DEEPEST) throw new YamlDefect(`nested deeper than ${DEEPEST}`)
    const place = this.#resolve(at)
    const event = this.#events[place]
    if (event?.type === EVENT_ID.SCALAR) {
      const cell = this.#scalar(event)
      if (cell === null) return 'null'
      return cell.kind === 'text' ? JSON.stringify(cell.text) : cell.text
    }
    if (event?.type === EVENT_ID.MAPPING) {
      const members = [...this.#members(place)].map(
        ([key, value]) => `${JSON.stringify(key)}:${this.#json(value, depth + 1)}`,
      )
      return `{${members.join(',')}}`
    }
    const items: string[] = []
    for (let next = place + 1; this.#events[next]?.type !== EVENT_ID.POP; next = this.#skip(next)) {
      items.push(this.#json(next, depth + 1))
    }
    return `[${items.join(',')}]`
  }

  #scalar(event: ScalarEvent): TypedCell | null {
    const text = event.valueStart < 0 ? '' : getScalarValue(this.#text, event)
    const tag = event.tagStart < 0 ? '' : this.#text.slice(event.tagStart, event.tagEnd)
    if (tag === '!!str' || tag === '!' || (tag === '' && event.style !== SCALAR_STYLE.PLAIN)) {
      return { kind: 'text', text }
    }
    if (tag !== '' && !/^!!(?:int|float|bool|null)$/.test(tag))
      throw new YamlDefect('a tag that says what only a program knows')
    if (NULL.test(text)) return null
    if (BOOLEAN.test(text)) return { kind: 'boolean', text: text.toLowerCase() }
    if (NUMBER.test(text)) return { kind: 'number', text }
    if (/^0x[0-9a-fA-F]+$|^0o[0-7]+$/.test(text)) return { kind: 'number', text: String(BigInt(text)) }
    return { kind: 'text', text }
  }

  /** What an event stands for: of an alias, what was last anchored by its name before it. */
  #resolve(at: number): number {
    for (let place = at, steps = 0; ; steps++) {
      const event = this.#events[place]
      if (event?.type !== EVENT_ID.ALIAS) return place
      const name = this.#text.slice(event.anchorStart, event.anchorEnd)
      const found = this.#anchor(name, place)
      if (found === undefined || steps > DEEPEST) throw new YamlDefect('an alias that stands for nothing')
      place = found
    }
  }

  #anchor(name: string, before: number): number | undefined {
    const key = `${name}\n${before}`
    const known = this.#anchors.get(key)
    if (known !== undefined) return known
    for (let at = before - 1; at >= 0; at--) {
      const event = this.#events[at]!
      if (!('anchorStart' in event) || event.type === EVENT_ID.ALIAS || event.anchorStart < 0) continue
      if (this.#text.slice(event.anchorStart, event.anchorEnd) !== name) continue
      this.#anchors.set(key, at)
      return at
    }
    return undefined
  }

  #skip(at: number): number {
    let depth = 0
    for (let next = at; ; next++) {
      const event = this.#events[next]
      if (event === undefined) return next
      if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) depth++
      else if (event.type === EVENT_ID.POP) depth--
      if (depth === 0) return next + 1
    }
  }

  #start(at: number): number {
    const event = this.#events[at]
    if (event === undefined) return 0
    if ('start' in event) return event.start
    if ('valueStart' in event) return Math.max(0, event.valueStart)
    return 'anchorStart' in event ? event.anchorStart : 0
  }
}
