import type { WordBuilder } from '../../batch/word-builder.ts'

/** Texts of so many characters are numbers that JavaScript has exactly. */
export const MOST_EXACT_DIGITS = 15
const WORD = 2 ** 32

/** Appends the whole number of a text, which fits. Numbers that JavaScript lacks are rare, and bigints slow. */
export function appendWhole(builder: WordBuilder, text: string): void {
  if (text.length > MOST_EXACT_DIGITS) {
    builder.appendBigInt(BigInt.asIntN(64, BigInt(text)))
    return
  }
  const value = Number(text)
  const high = Math.floor(value / WORD)
  builder.appendWords(high | 0, (value - high * WORD) | 0)
}
