import type { LogicalType } from '../batch/logical-type.ts'

type Kind = 'int64' | 'float64' | 'boolean' | 'date' | 'timestamp' | 'timestamptz' | 'text'

const WHOLE = /^(?:0|-?[1-9]\d{0,18})$/
const NUMBER = /^-?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/
const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?`
const DAY = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`
const TIMESTAMP = new RegExp(`^${DAY}[ T]${TIME}$`)
const TIMESTAMPTZ = new RegExp(
  String.raw`^${DAY}[ T](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-]\d\d(?::\d\d)?)$`,
)

/**
 * Finds the narrowest type that every text of a column denotes beyond doubt. Whole numbers are written as we would
 * write them (a leading zero or plus makes an identifier of it), dates and times are ISO 8601, and whatever is
 * doubtful or mixed is text.
 */
export class TextKind {
  #kind: Kind | undefined
  #exactAsFloat = true

  add(text: string): void {
    if (this.#kind === 'text') return
    const kind = kindOf(text)
    if (kind === 'int64' && this.#exactAsFloat) this.#exactAsFloat = exactFloat(text)
    if (this.#kind === undefined || this.#kind === kind) this.#kind = kind
    else this.#kind = isNumber(this.#kind) && isNumber(kind) ? 'float64' : 'text'
  }

  /** Text when nothing was added. */
  get type(): LogicalType {
    if (this.#kind === 'float64' && !this.#exactAsFloat) return { kind: 'text' }
    return { kind: this.#kind ?? 'text' }
  }
}

/** Whether the decimal text is what its nearest double stands for: no digit of it is lost. */
export function exactFloat(text: string): boolean {
  const value = Number(text)
  return Number.isFinite(value) && digits(text) === digits(String(value))
}

/** A number's significant digits. Two texts of the same magnitude are equal when these are. */
function digits(text: string): string {
  return text
    .replace(/[eE].*$/, '')
    .replace(/[-+.]/g, '')
    .replace(/^0+|0+$/g, '')
}

function kindOf(text: string): Kind {
  const first = text.charCodeAt(0)
  // Digits, minus and point; everything else can only be a boolean or text.
  if (!((first >= 0x30 && first <= 0x39) || first === 0x2d || first === 0x2e)) {
    return /^(?:true|false)$/i.test(text) ? 'boolean' : 'text'
  }
  if (WHOLE.test(text)) return fitsInt64(text) ? 'int64' : 'text'
  if (NUMBER.test(text)) return exactFloat(text) ? 'float64' : 'text'
  if (DATE.test(text)) return isDay(text) ? 'date' : 'text'
  if (TIMESTAMP.test(text)) return isDay(text) ? 'timestamp' : 'text'
  return TIMESTAMPTZ.test(text) && isDay(text) ? 'timestamptz' : 'text'
}

function fitsInt64(text: string): boolean {
  return text.length < 19 || BigInt.asIntN(64, BigInt(text)) === BigInt(text)
}

function isNumber(kind: Kind): boolean {
  return kind === 'int64' || kind === 'float64'
}

/** The day exists: 2023-02-30 does not. */
function isDay(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))]
  return day <= new Date(Date.UTC(2000, month, 0)).getUTCDate() && (month !== 2 || day < 29 || isLeap(year))
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
