import { createHash } from 'node:crypto'
import { RESERVED_WORDS } from './reserved-words.ts'

/**
 * A source's name in snake_case, the same whenever it is asked, and itself where it is one already: accents are left
 * off, words of camelCase are parted, letters are small, any run of other characters than letters and digits (of any
 * script) is one `_`; one in front stays, those at the end go. A name that begins with a digit gets a `_` in front, and a reserved
 * word of SQL one behind. Of a name without a letter or digit eight digits of its SHA-256 are left, as `column_1a2b3c4d`.
 */
export function snakeName(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}+/gu, '')
  const parted = plain
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .toLowerCase()
    .normalize('NFKC')
  const words = parted.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  if (words.length === 0) return `column_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
  const base = words.join('_')
  const led = plain.trimStart().startsWith('_') || /^\p{N}/u.test(base) ? `_${base}` : base
  return RESERVED_WORDS.has(led) ? `${led}_` : led
}
