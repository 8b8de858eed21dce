import type { Cell } from '../records/decoded-record.ts'
import { momentText } from './moment-format.ts'
import type { SaxHandlers } from './sax.ts'
import type { Workbook } from './workbook.ts'

/** A row with something in it. */
export interface SheetRow {
  /** As the sheet numbers it, from 1. */
  readonly number: number
  /** By column from 0; columns without anything are missing. */
  readonly cells: ReadonlyMap<number, Cell>
  /** What is wrong with cells, by column. */
  readonly problems: ReadonlyMap<number, string>
}

/** Gathers a sheet's rows from its XML. */
export class SheetReader implements SaxHandlers {
  readonly #workbook: Workbook
  #rows: SheetRow[] = []
  #row = 0
  #column = -1
  #cells = new Map<number, Cell>()
  #problems = new Map<number, string>()
  #type = 'n'
  #style = 0
  #value: string | undefined
  #formula = false
  #inValue = false
  #inReading = false

  constructor(workbook: Workbook) {
    this.#workbook = workbook
  }

  /** The rows that ended since they were last taken. */
  take(): readonly SheetRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, attribute: (name: string) => string | undefined): void {
    switch (name) {
      case 'row':
        this.#row = Number(attribute('r') ?? this.#row + 1)
        this.#column = -1
        this.#cells = new Map()
        this.#problems = new Map()
        return
      case 'c': {
        const reference = attribute('r')
        this.#column = reference === undefined ? this.#column + 1 : columnNumber(reference)
        this.#type = attribute('t') ?? 'n'
        this.#style = Number(attribute('s') ?? 0)
        this.#value = undefined
        this.#formula = false
        return
      }
      case 'f':
        this.#formula = true
        return
      case 'v':
      case 't':
        this.#inValue = true
        this.#value ??= ''
        return
      case 'rPh':
        this.#inReading = true
    }
  }

  text(text: string): void {
    if (this.#inValue && !this.#inReading) this.#value += text
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#inValue = false
    else if (name === 'rPh') this.#inReading = false
    else if (name === 'c') this.#endCell()
    else if (name === 'row' && this.#cells.size + this.#problems.size > 0) {
      this.#rows.push({ number: this.#row, cells: this.#cells, problems: this.#problems })
    }
  }

  #endCell(): void {
    const missing = this.#type === 'n' && (this.#value ?? '').trim() === ''
    if (this.#value === undefined || missing) {
      if (this.#formula) this.#problems.set(this.#column, 'a formula without a calculated value')
      return
    }
    const cell = this.#cell(this.#value)
    if (cell === undefined) this.#problems.set(this.#column, 'a value that is not what its cell says')
    else if (cell === 'error') this.#problems.set(this.#column, 'an error of a formula')
    else if (cell !== null) this.#cells.set(this.#column, cell)
  }

  #cell(value: string): Cell | 'error' | undefined {
    switch (this.#type) {
      case 's': {
        const text = this.#workbook.strings[Number(value)]
        return text === undefined ? undefined : present(text)
      }
      case 'str':
      case 'inlineStr':
        return present(value)
      case 'b':
        return { kind: 'boolean', text: value === '1' ? 'true' : 'false' }
      case 'e':
        return 'error'
      case 'd':
        return { kind: 'text', text: value.replace('T', ' ').replace(/Z$/, '') }
      default:
        return this.#number(value)
    }
  }

  /** Numbers are doubles, written with more digits than they have: the shortest text says the same. */
  #number(value: string): Cell | undefined {
    const number = Number(value)
    if (!Number.isFinite(number)) return undefined
    const format = this.#workbook.moments[this.#style]
    if (format === undefined) return { kind: 'number', text: plain(number) }
    const text = momentText(number, format, this.#workbook.from1904)
    return text === undefined ? undefined : { kind: 'text', text }
  }
}

function present(text: string): Cell {
  return text === '' ? null : { kind: 'text', text: unescaped(text) }
}

/** Characters that XML cannot hold are written as _xHHHH_. */
function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

function plain(number: number): string {
  return Object.is(number, -0) ? '0' : String(number)
}

/** `B7` is in column 1. */
function columnNumber(reference: string): number {
  let column = 0
  for (const letter of reference) {
    const code = letter.charCodeAt(0) - 64
    if (code < 1 || code > 26) break
    column = column * 26 + code
  }
  return column - 1
}
