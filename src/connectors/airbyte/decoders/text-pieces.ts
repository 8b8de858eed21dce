import type { BodySpool } from '../../http/body-spool.ts'

/** The text of a body, piece by piece; no character is cut in two. */
export function* textPieces(content: BodySpool, encoding = 'utf-8'): Generator<string> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  for (const piece of content.pieces()) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}

/** The lines of a body by any line end, without the ends; an end of the last line begins no further one. */
export function* textLines(content: BodySpool): Generator<string> {
  let rest = ''
  let isWhole = false
  for (const piece of textPieces(content)) {
    const text = rest + piece
    // A carriage return may be half of a line end.
    const held = text.endsWith('\r') ? 1 : 0
    const lines = text.slice(0, text.length - held).split(/\r\n|[\n\r]/)
    rest = `${lines.pop() ?? ''}${text.slice(text.length - held)}`
    yield* lines
    isWhole ||= lines.length > 0
  }
  if (rest.endsWith('\r')) {
    yield rest.slice(0, -1)
    return
  }
  if (rest !== '' || !isWhole) yield rest
}

/** The bytes of a body as UTF-8, whatever they are in. */
export function* utf8Pieces(content: BodySpool, encoding: string): Generator<Buffer> {
  if (new TextDecoder(encoding).encoding === 'utf-8') yield* content.pieces()
  else for (const piece of textPieces(content, encoding)) yield Buffer.from(piece, 'utf8')
}
