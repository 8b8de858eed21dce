import type { Json } from '../../api-manifest/json.ts'
import type { LogicalType } from '../../batch/logical-type.ts'
import { TextKind } from '../../formats/text-kind.ts'

const DATE_OR_TIME = /^(?:date|timestamp|timestamptz)$/
const INT64 = 2n ** 63n
const INT128 = 2n ** 127n

/** The narrowest type that holds every value of one field: what is nested or of several kinds is JSON. */
export class ValueKind {
  readonly #texts = new TextKind()
  #kind: 'nothing' | 'boolean' | 'number' | 'text' | 'json' = 'nothing'
  #isWhole = true
  #isWide = false
  #isHuge = false

  add(value: Json): void {
    if (value === null || this.#kind === 'json') return
    const kind = kindOf(value)
    this.#kind = this.#kind === 'nothing' || this.#kind === kind ? kind : 'json'
    if (typeof value === 'string') this.#texts.add(value)
    else if (typeof value === 'number') this.#isWhole &&= Number.isInteger(value)
    else if (typeof value === 'bigint') {
      this.#isWide ||= value >= INT64 || value < -INT64
      this.#isHuge ||= value >= INT128 || value < -INT128
    }
  }

  get isEmpty(): boolean {
    return this.#kind === 'nothing'
  }

  /** Text when there was no value. */
  get type(): LogicalType {
    switch (this.#kind) {
      case 'boolean':
      case 'json':
        return { kind: this.#kind }
      case 'number':
        if (this.#isHuge) return { kind: 'json' }
        if (!this.#isWhole) return { kind: 'float64' }
        return { kind: this.#isWide ? 'int128' : 'int64' }
      case 'text': {
        const { type } = this.#texts
        return DATE_OR_TIME.test(type.kind) ? type : { kind: 'text' }
      }
      default:
        return { kind: 'text' }
    }
  }
}

function kindOf(value: Exclude<Json, null>): 'boolean' | 'number' | 'text' | 'json' {
  switch (typeof value) {
    case 'boolean':
      return 'boolean'
    case 'number':
    case 'bigint':
      return 'number'
    case 'string':
      return 'text'
    default:
      return 'json'
  }
}
