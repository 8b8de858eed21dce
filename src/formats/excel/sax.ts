import { SaxesParser, type SaxesTagPlain } from 'saxes'

export interface SaxHandlers {
  open?(name: string, attribute: (name: string) => string | undefined): void
  text?(text: string): void
  close?(name: string): void
}

/** The text of one element or attribute may be as long as this. */
const LONGEST_TEXT = 1 << 20
const LONGEST_UNBROKEN = 8 << 20

/**
 * Reads a part of a workbook, a chunk at a time; names are without their prefixes. Yields after each chunk. Throws an Error when it is not
 * well-formed.
 */
export async function* readXml(chunks: AsyncIterable<Buffer>, handlers: SaxHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false, xmlns: false })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let length = 0
  let unbroken = 0
  parser.on('error', () => {
    throw new Error('not well-formed XML')
  })
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    length = 0
    unbroken = 0
    handlers.open?.(local(name), (wanted) => attributes[wanted])
  })
  parser.on('closetag', ({ name }) => {
    unbroken = 0
    handlers.close?.(local(name))
  })
  const text = (piece: string): void => {
    length += piece.length
    if (length > LONGEST_TEXT) throw new Error('a text is longer than 1 Mi characters')
    handlers.text?.(piece)
  }
  parser.on('text', text)
  parser.on('cdata', text)
  for await (const chunk of chunks) {
    // The parser keeps what stands between two tags, or within one, until it ends.
    unbroken += chunk.length
    if (unbroken > LONGEST_UNBROKEN) throw new Error('a text or tag is too long')
    parser.write(decoder.decode(chunk, { stream: true }))
    yield
  }
  parser.write(decoder.decode())
  parser.close()
  yield
}

/** Reads a small part whole. */
export async function readXmlWhole(chunks: AsyncIterable<Buffer>, handlers: SaxHandlers): Promise<void> {
  for await (const _ of readXml(chunks, handlers));
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
