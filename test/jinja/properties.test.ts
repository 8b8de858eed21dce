import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WaterworksError } from '../../src/errors/waterworks-error.ts'
import { compileTemplate } from '../../src/jinja/compile-template.ts'
import { tokenize } from '../../src/jinja/syntax/lexer.ts'
import { WHITESPACE } from '../../src/jinja/syntax/python-whitespace.ts'
import { SourceText } from '../../src/jinja/syntax/source-text.ts'

const gap = new RegExp(`^(?:[${WHITESPACE}]|\\{#.*?#\\})*$`, 'su')
const plain = fc.string({ unit: 'binary' }).filter((text) => !/\{[{%#]|\r/.test(text))
const pieces = fc.array(
  fc.oneof(
    plain,
    fc.constantFrom(
      '{{ a }}',
      '{{- 1.5 -}}',
      "{% set x = 'y' %}",
      '{%- if a -%}',
      '{% endif %}',
      '{# note #}',
      '\n',
      '  ',
    ),
  ),
)

describe('text', () => {
  it('without marks is rendered as it stands, but for one newline at the end', () => {
    fc.assert(
      fc.property(plain, (text) => {
        expect(compileTemplate(text, { file: 'p' }).render()).toBe(text.replace(/\n$/, ''))
      }),
    )
  })

  it('is all in tokens: what lies between them is white space or comment', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const source = new SourceText('p', parts.join(''))
        const tokens = tokenize(source)
        let position = 0
        for (const { start, end } of tokens) {
          expect(start).toBeGreaterThanOrEqual(position)
          expect(source.text.slice(position, start)).toMatch(gap)
          position = end
        }
        expect(position).toBe(source.text.replace(/\n$/, '').length)
      }),
    )
  })

  it('of any kind either compiles or is refused with a place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'{}%#-+()[]|."\' \n\\:,=~*/<>!a1_'.split(''), 'if', 'for', 'in', 'end')),
        (parts) => {
          try {
            compileTemplate(parts.join(''), { file: 'p' })
          } catch (error) {
            expect(error).toBeInstanceOf(WaterworksError)
            expect((error as WaterworksError).location?.line).toBeGreaterThan(0)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('values', () => {
  it('pass through a template and its literals unchanged', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1 }), (a, b) => {
        const text = compileTemplate('{{ (a // b) * b + a % b == a and 0 <= a % b < b }}', {
          file: 'p',
        }).render({ a, b })
        expect(text).toBe('True')
      }),
    )
  })

  it('print floats so that they read back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = compileTemplate('{{ value + 0.0 }}', { file: 'p' }).render({ value })
        expect(Number(text)).toBe(value + 0)
        expect(text).toMatch(/[.e]/)
      }),
    )
  })

  it('sort as JavaScript sorts numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (items) => {
        const text = compileTemplate("{{ items|sort|join(',') }}", { file: 'p' }).render({ items })
        expect(text).toBe(items.toSorted((a, b) => a - b).join(','))
      }),
    )
  })
})
