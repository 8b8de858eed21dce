import { createHash } from 'node:crypto'

/** PostgreSQL cuts names after so many bytes of UTF-8, in silence. The same on every engine, so that names agree. */
export const LONGEST_NAME = 63
const HASH = 8

/**
 * A name that no engine cuts: one of more than 63 bytes keeps its first characters, up to 54 bytes of them, and ends in `_` and
 * eight hexadecimal digits of the SHA-256 of the whole name, so that the same name is always shortened to the same, and
 * two names hardly ever are.
 */
export function shortenName(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name
  const digest = createHash('sha256').update(name).digest('hex').slice(0, HASH)
  let kept = ''
  let bytes = 0
  for (const character of name) {
    bytes += Buffer.byteLength(character)
    if (bytes > LONGEST_NAME - HASH - 1) break
    kept += character
  }
  return `${kept}_${digest}`
}
