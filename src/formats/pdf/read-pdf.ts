import { readFile, stat } from 'node:fs/promises'
import { getDocument, PasswordException } from 'unpdf/pdfjs'
import { type PdfPiece, type ReaderTasks, UnreadableFile } from '../isolated/reader-task.ts'
import { pdfMoment } from './pdf-moment.ts'

/** A file may be as long as this: pdf.js holds it as a whole. */
const LONGEST_FILE = 256 << 20

/**
 * What a PDF says of itself, and then the text of each page, where pages are wanted. Runs in a thread that may be ended at any time.
 * Throws UnreadableFile.
 */
export async function* readPdf({ file, pages }: ReaderTasks['pdf']): AsyncGenerator<PdfPiece> {
  if ((await stat(file)).size > LONGEST_FILE) throw new UnreadableFile('the document is longer than 256 MiB')
  const lacking = new Set<string>()
  const loading = getDocument({
    data: new Uint8Array(await readFile(file)),
    verbosity: 0,
    useSystemFonts: false,
    disableFontFace: true,
    useWasm: false,
    useWorkerFetch: false,
    BinaryDataFactory: noting(lacking),
  })
  try {
    const document = await loading.promise.catch(refuse)
    const { info } = await document.getMetadata().catch(() => ({ info: {} }))
    yield { pages: document.numPages, said: saidBy(new Map<string, unknown>(Object.entries(info))) }
    for (let page = 1; pages === 'all' && page <= document.numPages; page++) {
      yield await textOf(page, document, lacking)
    }
  } finally {
    await loading.destroy()
  }
}

function refuse(error: unknown): never {
  if (error instanceof PasswordException) {
    throw new UnreadableFile('the document is encrypted, and needs a password')
  }
  throw new UnreadableFile(`the document is no PDF that can be read: ${reasonOf(error)}`)
}

type Document = Awaited<ReturnType<typeof getDocument>['promise']>

async function textOf(number: number, document: Document, lacking: ReadonlySet<string>): Promise<PdfPiece> {
  try {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    page.cleanup()
    // A map that is not there would leave characters out in silence, here and on later pages with the same font.
    if (lacking.size > 0) {
      return {
        page: number,
        problem: `the page needs the character map ${[...lacking].join(', ')}, which is not there`,
      }
    }
    const parts = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''))
    return { page: number, text: parts.join('').replaceAll('\0', '').toWellFormed() }
  } catch (error) {
    return { page: number, problem: `the page cannot be read: ${reasonOf(error)}` }
  }
}

/** Stands in for files beside the library: fonts, which texts can do without, and character maps, which they cannot. */
function noting(lacking: Set<string>) {
  return class {
    async fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<never> {
      if (kind === 'cMapUrl') lacking.add(filename.replace(/\.bcmap$/, ''))
      throw new Error('not there')
    }
  }
}

/** The document information dictionary: ISO 32000-1, 14.3.3. */
function saidBy(info: ReadonlyMap<string, unknown>): Readonly<Record<string, string | null>> {
  const text = (key: string) => {
    const value = info.get(key)
    return typeof value === 'string' && value !== '' ? value.replaceAll('\0', '').toWellFormed() : null
  }
  return {
    title: text('Title'),
    author: text('Author'),
    subject: text('Subject'),
    keywords: text('Keywords'),
    creator: text('Creator'),
    producer: text('Producer'),
    created_at: pdfMoment(text('CreationDate')),
    modified_at: pdfMoment(text('ModDate')),
    language: text('Language'),
    version: text('PDFFormatVersion'),
  }
}

/** pdf.js names kinds of errors; their messages may hold pieces of the document. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}
