import { isUtf8 } from 'node:buffer'
import { openText, type TextSource } from '../bytes/open-text.ts'

export interface YamlDocument {
  /** The document with its marker; of one that cannot be taken, its beginning. */
  readonly text: string
  readonly problem: string | undefined
  /** Its first line, from 1, and byte, from 0. */
  readonly line: number
  readonly byte: number
}

/** A document may be as long as this, in bytes: it is held in memory as a whole. */
const LONGEST_DOCUMENT = 64 << 20

const LF = 0x0a

/**
 * The documents of a YAML stream, cut at lines that begin with `---`: such a line begins a document wherever it stands, in the
 * middle of a text too (YAML 1.2.2, rule c-forbidden). Lines before the first marker belong to the first document.
 */
export async function* yamlDocuments(file: string, source: TextSource): AsyncGenerator<YamlDocument> {
  const { chunks, firstByte } = await openText(file, source)
  let parts: Buffer[] = []
  let size = 0
  let [line, byte] = [1, firstByte]
  let [nextLine, nextByte] = [1, firstByte]
  let pending: Buffer = Buffer.alloc(0)
  let content = false
  const take = (): YamlDocument => {
    const bytes = Buffer.concat(parts)
    const long = size > LONGEST_DOCUMENT
    const problem = long
      ? 'the document is longer than 64 MiB'
      : isUtf8(bytes)
        ? undefined
        : 'bytes that are not text in the encoding'
    const document = {
      text: bytes.subarray(0, long ? 1 << 20 : undefined).toString('utf8'),
      problem,
      line,
      byte,
    }
    parts = []
    size = 0
    line = nextLine
    byte = nextByte
    content = false
    return document
  }
  const add = (piece: Buffer): void => {
    size += piece.length
    if (size <= LONGEST_DOCUMENT || parts.length === 0) parts.push(piece)
    content ||= !/^(?:%.*|#.*|\s*)$/.test(piece.subarray(0, 64).toString('latin1').trimEnd())
    nextByte += piece.length
    if (piece.at(-1) === LF) nextLine++
  }
  for await (const chunk of chunks) {
    const whole = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    let from = 0
    for (let end = whole.indexOf(LF); end !== -1; end = whole.indexOf(LF, from)) {
      const piece = whole.subarray(from, end + 1)
      if (isMarker(piece) && content) yield take()
      add(Buffer.from(piece))
      from = end + 1
    }
    pending = Buffer.from(whole.subarray(from))
    if (pending.length > LONGEST_DOCUMENT) {
      add(pending)
      pending = Buffer.alloc(0)
    }
  }
  if (isMarker(pending) && content) yield take()
  if (pending.length > 0) add(pending)
  if (size > 0) yield take()
}

function isMarker(line: Buffer): boolean {
  return /^---(?:\s|$)/.test(line.subarray(0, 4).toString('latin1'))
}
