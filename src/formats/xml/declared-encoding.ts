import { encodingName } from '../bytes/decode-text.ts'
import { readStart } from '../bytes/open-text.ts'
import type { Compression } from '../file-scan.ts'

/** The encoding that an XML declaration names, or UTF-8. Throws WW4004 when it is not known. */
export async function declaredEncoding(file: string, compression: Compression): Promise<string> {
  const start = (await readStart(file, compression, 256)).toString('latin1')
  const [, name] = /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/.exec(start) ?? []
  const encoding = name === undefined ? 'utf-8' : encodingName(name)
  // A document whose declaration can be read byte by byte is not in UTF-16, whatever it says.
  return encoding.startsWith('utf-16') ? 'utf-8' : encoding
}
