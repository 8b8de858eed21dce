import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitWidth, padWidth, textWidth } from '../../src/cli/text-width.ts'

describe('text width', () => {
  test.each([
    ['', 0],
    ['plain', 5],
    ['naïve', 5],
    ['nai\u0308ve', 5],
    ['東京', 4],
    ['한국어', 6],
    ['ｆｕｌｌ', 8],
    ['👍', 2],
    ['👩‍👩‍👧‍👦', 2],
    ['🇫🇷', 2],
    ['❤️', 2],
    ['a\u200Bb', 2],
  ])('%j takes %i columns', (text, width) => {
    expect(textWidth(text)).toBe(width)
  })

  test('a cut text never takes more than it may, and a short one stays', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
        const fitted = fitWidth(text, width)
        expect(textWidth(fitted)).toBeLessThanOrEqual(Math.max(width, 1))
        if (textWidth(text) <= width) expect(fitted).toBe(text)
      }),
    )
  })

  test('padding reaches the width on either side', () => {
    expect(padWidth('東京', 6)).toBe('東京  ')
    expect(padWidth('12', 6, 'right')).toBe('    12')
    expect(padWidth('too long', 3)).toBe('too long')
  })
})
