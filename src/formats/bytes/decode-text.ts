import { WaterworksError } from '../../errors/waterworks-error.ts'

/**
 * The canonical name of an encoding, or WW4004. `iso-8859-1` is the true one, byte n being character n: the WHATWG
 * table that TextDecoder follows takes it for windows-1252.
 */
export function encodingName(name: string): string {
  const lower = name.trim().toLowerCase()
  if (/^(utf-?8|us-ascii|ascii)$/.test(lower)) return 'utf-8'
  if (/^(iso[-_]?8859-1|latin-?1|l1)$/.test(lower)) return 'iso-8859-1'
  try {
    return new TextDecoder(lower).encoding
  } catch (cause) {
    throw new WaterworksError('WW4004', {
      message: `the encoding ${JSON.stringify(name)} is not known`,
      cause,
    })
  }
}

/** In UTF-8 text made from another encoding, stands for bytes that mean nothing in it. No UTF-8 contains it. */
const UNDECODABLE = Buffer.from([0xff])

/**
 * UTF-8 text of chunks in another encoding. What cannot be decoded becomes a byte that UTF-8 forbids, so that the
 * record it stands in is rejected and no other. A byte-order mark is taken off.
 */
export async function* decodeText(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decode = decoder(encoding)
  let first = true
  for await (const chunk of chunks) {
    let text = decode(chunk)
    if (first && text.length > 0) {
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)
      first = false
    }
    if (text.length > 0) yield encode(text, encoding)
  }
  const rest = decode(undefined)
  if (rest.length > 0) yield encode(rest, encoding)
}

function decoder(encoding: string): (chunk: Buffer | undefined) => string {
  if (encoding === 'iso-8859-1') return (chunk) => chunk?.toString('latin1') ?? ''
  const native = new TextDecoder(encoding, { ignoreBOM: true })
  return (chunk) => (chunk ? native.decode(chunk, { stream: true }) : native.decode())
}

/** The decoder puts U+FFFD for what it cannot decode. Only Unicode encodings can also contain it as a character. */
function encode(text: string, encoding: string): Buffer {
  if (encoding === 'iso-8859-1' || !text.includes('\ufffd')) return Buffer.from(text)
  const parts = text.split('\ufffd').map((part) => Buffer.from(part))
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [UNDECODABLE, part])))
}

/** The encoding a byte-order mark announces, and the mark's length; undefined without one. */
export function byteOrderMark(
  start: Buffer,
): { readonly encoding: string; readonly length: number } | undefined {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be', length: 2 }
  return undefined
}
