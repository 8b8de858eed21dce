import { byteOrderMark, encodingName } from '../bytes/decode-text.ts'
import { readStart, type TextSource } from '../bytes/open-text.ts'
import { resolveCompression } from '../resolve-format.ts'
import type { ScanOptions } from '../scan-options.ts'

/** How a text file's bytes are to be read: a byte-order mark wins over the encoding that is given. Throws WW4002 and WW4004. */
export async function outlineText(file: string, options: ScanOptions): Promise<TextSource> {
  const compression = resolveCompression(await readStart(file, 'none', 4), options)
  const mark = byteOrderMark(await readStart(file, compression, 3))
  return { compression, encoding: mark?.encoding ?? encodingName(options.encoding ?? 'utf-8') }
}
