import type { Json } from '../../../api-manifest/json.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { parseJson } from '../../records/parse-json.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const SPACE = 0x20
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf]

/**
 * The items of the list at a path of names in a document of JSON that comes in pieces, and in the end whether there is such a
 * list. Holds no more than a piece and an item. Throws WW4413 where the document is not JSON as far as it is looked at, or is
 * cut short.
 */
export function* jsonItems(pieces: Iterable<Buffer>, path: readonly string[]): Generator<Json, boolean> {
  const items = new ItemFinder(path)
  for (const piece of pieces) yield* items.push(piece)
  return items.end()
}

/** One list or object that is open: whether it lies on the way to the items, and the name that its next value has. */
interface Level {
  readonly isList: boolean
  readonly isOnPath: boolean
  name: string | undefined
}

class ItemFinder {
  readonly #path: readonly string[]
  readonly #levels: Level[] = []
  /** The bytes so far of what is being read: an item, or a name on the way. */
  #kept: Buffer[] = []
  #keeps = false
  #inText = false
  #isEscaped = false
  #state: 'before' | 'within' | 'over' = 'before'
  #hasList = false
  #isItemDue = false
  /** How many levels are open around the items; undefined outside of their list. */
  #listDepth: number | undefined

  constructor(path: readonly string[]) {
    this.#path = path
  }

  *push(piece: Buffer): Generator<Json> {
    let from = 0
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at]!
      if (this.#inText) {
        if (this.#isEscaped) this.#isEscaped = false
        else if (byte === BACKSLASH) this.#isEscaped = true
        else if (byte === QUOTE) this.#inText = false
        continue
      }
      if (byte <= SPACE || (this.#state === 'before' && BYTE_ORDER_MARK.includes(byte))) continue
      if (this.#state === 'over') throw damaged('something follows its end')
      this.#state = 'within'
      const isItemLevel = this.#listDepth === this.#levels.length
      switch (byte) {
        case QUOTE:
          this.#inText = true
          if (!this.#keeps && (isItemLevel || this.#awaitsName())) {
            this.#keeps = true
            from = at
          }
          break
        case COLON:
          if (this.#listDepth === undefined && this.#keeps) this.#nameOf(piece.subarray(from, at))
          break
        case COMMA:
          if (isItemLevel) {
            yield this.#take(piece.subarray(from, at))
            this.#isItemDue = true
          } else if (this.#listDepth === undefined) this.#forgetName()
          break
        case OPEN_LIST:
        case OPEN_OBJECT:
          if (isItemLevel && !this.#keeps) {
            this.#keeps = true
            from = at
          }
          this.#open(byte === OPEN_LIST)
          break
        case CLOSE_LIST:
        case CLOSE_OBJECT:
          if (isItemLevel) {
            if (this.#keeps || this.#isItemDue) yield this.#take(piece.subarray(from, at))
            this.#isItemDue = false
            this.#listDepth = undefined
          }
          this.#close(byte === CLOSE_LIST)
          break
        default:
          if (isItemLevel && !this.#keeps) {
            this.#keeps = true
            from = at
          }
      }
    }
    if (this.#keeps) this.#kept.push(Buffer.from(piece.subarray(from)))
  }

  /** Whether there was a list. */
  end(): boolean {
    if (this.#inText || this.#levels.length > 0 || this.#state === 'before') throw damaged('it is cut short')
    return this.#hasList
  }

  /** A name is what stands before a value of an object on the way. */
  #awaitsName(): boolean {
    const level = this.#levels.at(-1)
    return (
      this.#listDepth === undefined && level?.isOnPath === true && !level.isList && level.name === undefined
    )
  }

  #nameOf(end: Buffer): void {
    const name = this.#parse(end)
    if (typeof name !== 'string') throw damaged('a name in it is no text')
    this.#levels.at(-1)!.name = name
  }

  #forgetName(): void {
    const level = this.#levels.at(-1)
    if (level !== undefined) level.name = undefined
  }

  #open(isList: boolean): void {
    const above = this.#levels.at(-1)
    const depth = this.#levels.length
    const isOnPath =
      this.#listDepth === undefined &&
      (above === undefined || (above.isOnPath && !above.isList && above.name === this.#path[depth - 1]))
    this.#levels.push({ isList, isOnPath, name: undefined })
    if (!isOnPath || !isList || depth !== this.#path.length) return
    this.#listDepth = this.#levels.length
    this.#hasList = true
  }

  #close(isList: boolean): void {
    const level = this.#levels.pop()
    if (level?.isList !== isList) throw damaged('its brackets do not fit')
    if (this.#levels.length === 0) this.#state = 'over'
  }

  #take(end: Buffer): Json {
    if (!this.#keeps) throw damaged('an item is missing')
    return this.#parse(end)
  }

  #parse(end: Buffer): Json {
    const text = Buffer.concat([...this.#kept, end]).toString('utf8')
    this.#kept = []
    this.#keeps = false
    try {
      return parseJson(text)
    } catch {
      throw damaged('a value in it is not JSON')
    }
  }
}

function damaged(why: string): WaterworksError {
  return new WaterworksError('WW4413', { message: `the answer is not JSON: ${why}` })
}
