import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml'
import { parseLeniently } from './parse-leniently.ts'
import type { Path } from './value-at.ts'

/**
 * Finds where values stand in one YAML text. Built only when there is something to show: the parser's events carry
 * offsets, so the places come from the very parser that read the data.
 */
export class YamlPlaces {
  readonly #text: string
  readonly #events: readonly Event[]
  readonly #original: (offset: number) => number

  constructor(text: string) {
    const { result, text: read, original } = parseLeniently(text, (read) => parseEvents(read, {}))
    this.#text = read
    this.#events = result
    this.#original = original
  }

  /**
   * The offset of what `path` leads to, or of the nearest thing on the way to it that exists. With `part` 'key' the
   * key that leads to it; with 'value' a scalar itself, and for a list or mapping the key it stands under.
   */
  offset(path: Path, part: 'key' | 'value'): number {
    return this.#original(this.#offset(path, part))
  }

  #offset(path: Path, part: 'key' | 'value'): number {
    let at = 1
    let place = this.#start(at) ?? 0
    for (const [depth, segment] of path.entries()) {
      const found = this.#step(this.#resolve(at), segment)
      if (!found) return place
      at = found.value
      const last = depth === path.length - 1
      const scalar = this.#events[at]?.type === EVENT_ID.SCALAR
      const value = this.#start(at)
      place =
        (last && part === 'key') || !scalar ? (found.key ?? value ?? place) : (value ?? found.key ?? place)
    }
    return place
  }

  /** The events of the key (as an offset) and value that `segment` leads to from the collection at `at`. */
  #step(at: number, segment: string | number): { value: number; key: number | undefined } | undefined {
    const collection = this.#events[at]
    if (collection?.type === EVENT_ID.MAPPING) {
      let next = at + 1
      while (this.#events[next] && this.#events[next]!.type !== EVENT_ID.POP) {
        const key = this.#events[next]!
        const value = this.#skip(next)
        if (key.type === EVENT_ID.SCALAR && getScalarValue(this.#text, key) === String(segment)) {
          return { value, key: this.#start(next) }
        }
        next = this.#skip(value)
      }
    }
    if (collection?.type === EVENT_ID.SEQUENCE) {
      let next = at + 1
      for (let index = 0; index < Number(segment); index++) {
        if (!this.#events[next] || this.#events[next]!.type === EVENT_ID.POP) return undefined
        next = this.#skip(next)
      }
      return this.#events[next]?.type === EVENT_ID.POP ? undefined : { value: next, key: undefined }
    }
    return undefined
  }

  /** The event after the node that begins at `at`. */
  #skip(at: number): number {
    let depth = 0
    for (let next = at; next < this.#events.length; next++) {
      const type = this.#events[next]!.type
      if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++
      if (type === EVENT_ID.POP) depth--
      if (depth === 0) return next + 1
    }
    return this.#events.length
  }

  /** An alias leads to the node that last bore its name. */
  #resolve(at: number): number {
    const event = this.#events[at]
    if (event?.type !== EVENT_ID.ALIAS) return at
    const name = this.#text.slice(event.anchorStart, event.anchorEnd)
    for (let before = at - 1; before > 0; before--) {
      const candidate = this.#events[before]!
      if (
        (candidate.type === EVENT_ID.MAPPING || candidate.type === EVENT_ID.SEQUENCE) &&
        candidate.anchorStart >= 0 &&
        this.#text.slice(candidate.anchorStart, candidate.anchorEnd) === name
      ) {
        return before
      }
    }
    return at
  }

  /** Where the node begins, where that is something to point at. */
  #start(at: number): number | undefined {
    const event = this.#events[at]
    if (event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE) return event.start
    if (event?.type === EVENT_ID.ALIAS) return event.anchorStart - 1
    if (event?.type !== EVENT_ID.SCALAR || event.valueStart < 0) return undefined
    if (event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK)
      return undefined
    return event.style === SCALAR_STYLE.PLAIN ? event.valueStart : event.valueStart - 1
  }
}
