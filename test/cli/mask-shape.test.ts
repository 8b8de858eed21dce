import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskShape } from '../../src/cli/mask-shape.ts'

test('shows the shape of a value', () => {
  expect(maskShape('Anna.Ünal@example.org')).toBe('xxxx.xxxx@xxxxxxx.xxx')
  expect(maskShape('+33 6 12 34 56 78')).toBe('+99 9 99 99 99 99')
  expect(maskShape('٤٢ 東京 ½')).toBe('99 xx 9')
})

test('no letter and no digit of any script comes through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(maskShape(text)).toMatch(/^(?:x|9|[^\p{L}\p{M}\p{N}])*$/u)
    }),
  )
})
