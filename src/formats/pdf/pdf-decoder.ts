import { stat } from 'node:fs/promises'
import type { Field } from '../../batch/logical-type.ts'
import { readStart } from '../bytes/open-text.ts'
import { LONGEST_RAW } from '../csv/csv-reader.ts'
import type { PdfScan } from '../file-scan.ts'
import { readIsolated } from '../isolated/isolated-reader.ts'
import { type PdfPiece, UnreadableFile } from '../isolated/reader-task.ts'
import { documentCounts } from '../lines/document-counts.ts'
import { type Cell, type DecodedRecord, type Malformed, recordPlace } from '../records/decoded-record.ts'
import type { RecordDecoder } from '../records/record-decoder.ts'

/** The text of a document may be as long as this, in bytes: it is held in memory as a whole. */
const LONGEST_TEXT = 64 << 20

const text = (name: string): Field => ({ name, type: { kind: 'text' } })
const whole = (name: string): Field => ({ name, type: { kind: 'int64' } })
const moment = (name: string): Field => ({ name, type: { kind: 'timestamptz' } })

const contents: readonly Field[] = [text('content'), whole('characters'), whole('lines'), whole('bytes')]
const said: readonly Field[] = [
  ...['title', 'author', 'subject', 'keywords', 'creator', 'producer'].map(text),
  ...['created_at', 'modified_at'].map(moment),
  ...['language', 'version'].map(text),
]

/** A PDF as one record, or each of its pages as one. What cannot be read of it is rejected. */
export const pdfDecoder: RecordDecoder<PdfScan> = {
  async outline(_file, options) {
    const byPage = options.byPage ?? false
    const declared = options.columns ?? {}
    const fields = [...contents, ...(byPage ? [whole('page')] : []), whole('pages'), ...said]
    const own = fields.map(({ name, type }) => ({ name, type: declared[name] ?? type }))
    return { scan: { format: 'pdf', byPage, fields: own }, typed: true }
  },
  async count(file, { byPage }) {
    if (!byPage) return 1
    let pages = 1
    try {
      for await (const piece of readIsolated('pdf', { file, pages: 'none' })) {
        if ('said' in piece) pages = Math.max(piece.pages, 1)
      }
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
    }
    return pages
  },
  async *decode(file, { byPage }) {
    const reject = async (reason: string, record = 1): Promise<Malformed> => ({
      raw: await readStart(file, 'none', LONGEST_RAW),
      reason,
      place: recordPlace(record),
    })
    let pages = 0
    let given = 0
    try {
      const whole: Whole = { size: (await stat(file)).size, about: {}, texts: [], length: 0 }
      for await (const piece of readIsolated('pdf', { file, pages: 'all' })) {
        if ('said' in piece) {
          pages = piece.pages
          whole.about = { pages: String(pages), ...piece.said }
        } else if (byPage) {
          given = piece.page
          yield [await page(piece, whole, reject)]
        } else add(piece, whole)
      }
      if (!byPage) yield [record(whole.texts.join('\f'), whole, 1)]
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      // As many as were counted: the page that broke its reader, and those behind it.
      const last = byPage ? Math.max(pages, 1) : 1
      for (let number = given + 1; number <= last; number++) yield [await reject(error.message, number)]
    }
  },
}

interface Whole {
  readonly size: number
  about: Readonly<Record<string, Cell>>
  readonly texts: string[]
  length: number
}

type Page = Exclude<PdfPiece, { readonly said: unknown }>

async function page(
  piece: Page,
  whole: Whole,
  reject: (reason: string, record: number) => Promise<Malformed>,
): Promise<DecodedRecord> {
  if ('problem' in piece) return reject(piece.problem, piece.page)
  return record(piece.text, { ...whole, about: { page: String(piece.page), ...whole.about } }, piece.page)
}

function add(piece: Page, whole: Whole): void {
  if ('problem' in piece) throw new UnreadableFile(piece.problem.replace('the page', `page ${piece.page}`))
  whole.length += Buffer.byteLength(piece.text)
  if (whole.length > LONGEST_TEXT) throw new UnreadableFile('the text of the document is longer than 64 MiB')
  whole.texts.push(piece.text)
}

function record(content: string, { size, about }: Whole, number: number): DecodedRecord {
  const { characters, lines } = documentCounts(content)
  const cells = {
    content,
    characters: String(characters),
    lines: String(lines),
    bytes: String(size),
    ...about,
  }
  return { names: Object.keys(cells), cells: Object.values(cells), place: recordPlace(number) }
}
