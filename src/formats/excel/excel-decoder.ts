import { basename } from 'node:path'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { columnNames } from '../column-names.ts'
import type { ExcelScan } from '../file-scan.ts'
import type { Cell, DecodedRecord } from '../records/decoded-record.ts'
import { NO_BYTE } from '../records/decoded-record.ts'
import type { RecordDecoder } from '../records/record-decoder.ts'
import { SheetReader, type SheetRow } from './sheet-reader.ts'
import { openWorkbook } from './workbook.ts'

/** One sheet of a workbook; each row with something in it is a record, and its place is the row's number. */
export const excelDecoder: RecordDecoder<ExcelScan> = {
  async outline(file, options) {
    const { sheets } = await openWorkbook(file)
    const sheet = options.sheet ?? sheets[0]
    if (sheet === undefined || !sheets.includes(sheet)) {
      const near = sheet === undefined ? undefined : suggest(sheet, sheets)
      throw new WaterworksError('WW4013', {
        message: `${basename(file)} has no sheet "${sheet ?? ''}"`,
        hint: near === undefined ? `Sheets: ${sheets.join(', ')}.` : `Did you mean "${near}"?`,
      })
    }
    const { header = true, skipLines = 0, nullTexts = [] } = options
    return {
      scan: { format: 'excel', sheet, header, skipLines, nullTexts, fields: [] },
      typed: false,
      mixedAsText: true,
    }
  },
  async *decode(file, { sheet, header, skipLines, nullTexts }) {
    const workbook = await openWorkbook(file)
    const reader = new SheetReader(workbook)
    let names: readonly string[] | undefined
    let records = 0
    for await (const _ of workbook.sheet(sheet, reader)) {
      const decoded: DecodedRecord[] = []
      for (const row of reader.take()) {
        if (row.number <= skipLines) continue
        if (names === undefined && header) {
          names = columnNames(headerTexts(row))
          continue
        }
        names ??= []
        if (!header) names = widened(names, row)
        decoded.push(recordOf(row, names, nullTexts, ++records))
      }
      yield decoded
    }
  },
}

function headerTexts({ cells }: SheetRow): readonly string[] {
  const width = Math.max(-1, ...cells.keys()) + 1
  return Array.from({ length: width }, (_, index) => textOf(cells.get(index)))
}

/** Without a header, columns are named by their number. */
function widened(names: readonly string[], { cells, problems }: SheetRow): readonly string[] {
  const width = Math.max(-1, ...cells.keys(), ...problems.keys()) + 1
  if (width <= names.length) return names
  return Array.from({ length: width }, (_, index) => `column_${index + 1}`)
}

function recordOf(
  { number, cells, problems }: SheetRow,
  names: readonly string[],
  nullTexts: readonly string[],
  record: number,
): DecodedRecord {
  const place = { record, line: number, byte: NO_BYTE }
  const beyond = [...cells.keys()].find((column) => column >= names.length)
  const [bad] = problems
  const reason =
    bad !== undefined
      ? `column ${names[bad[0]] ?? bad[0] + 1}: ${bad[1]}`
      : beyond === undefined
        ? undefined
        : `a value in column ${beyond + 1}, and the header has ${names.length}`
  if (reason !== undefined) {
    const texts = Object.fromEntries(
      [...cells].map(([column, cell]) => [names[column] ?? column + 1, textOf(cell)]),
    )
    return { raw: Buffer.from(JSON.stringify(texts)), reason, place }
  }
  return { names, cells: names.map((_, column) => wanted(cells.get(column), nullTexts)), place }
}

function wanted(cell: Cell | undefined, nullTexts: readonly string[]): Cell {
  if (cell === undefined || cell === null) return null
  return nullTexts.includes(textOf(cell)) ? null : cell
}

function textOf(cell: Cell | undefined): string {
  if (cell === undefined || cell === null) return ''
  return typeof cell === 'string' ? cell : cell.text
}
