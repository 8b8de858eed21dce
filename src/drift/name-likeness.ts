import { alignmentDistance } from '../errors/alignment-distance.ts'

/** From here on two names are taken to be of one column. */
export const LIKE = 0.6

/**
 * How alike two names are, from 0 to 1: the greater of two measures on their small letters. By letters it is 1 less
 * the Damerau–Levenshtein distance over the length of the longer name, separators aside (`email`, `e_mail`: 1). By words
 * it is twice the number of words in common over that of all words (`name`, `full_name`: 0.67).
 */
export function nameLikeness(a: string, b: string): number {
  const [one, other] = [wordsOf(a), wordsOf(b)]
  return Math.max(byLetters(one.join(''), other.join('')), byWords(one, other))
}

/** `customerName`, `customer_name` and `Customer Name` have the same words. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

function byLetters(a: string, b: string): number {
  const longer = Math.max(a.length, b.length)
  return longer === 0 ? 0 : 1 - alignmentDistance(a, b) / longer
}

function byWords(a: readonly string[], b: readonly string[]): number {
  const left = [...b]
  let common = 0
  for (const word of a) {
    const at = left.indexOf(word)
    if (at < 0) continue
    left.splice(at, 1)
    common++
  }
  const all = a.length + b.length
  return all === 0 ? 0 : (2 * common) / all
}
