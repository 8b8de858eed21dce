import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packEntries, unpackEntries } from '../../src/cli/compose/parse-cache/packed-entries.ts'
import { PyFloat } from '../../src/jinja/values/float.ts'

const leaf = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
  fc.bigInt(),
  fc.constantFrom(1, 0, -2.5).map((value) => new PyFloat(value)),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY).map((value) => new PyFloat(value)),
)
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.string({ maxLength: 3 }).filter((key) => key !== '__proto__' && !key.startsWith('\0')),
      tie('value'),
      { maxKeys: 3, noNullPrototype: true },
    ),
  ),
}))
const entries = fc
  .array(
    fc.tuple(
      fc.uuid(),
      fc.record({ a: value, b: value, c: value }, { requiredKeys: ['a'], noNullPrototype: true }),
    ),
    {
      maxLength: 12,
    },
  )
  .map((pairs) => Object.fromEntries(pairs))

describe('packed entries', () => {
  it('are unpacked as they were, from JSON, in their order', () => {
    fc.assert(
      fc.property(entries, (given) => {
        const pieces: string[] = []
        expect(packEntries(given, (text) => pieces.push(text))).toBe(true)
        const unpacked = unpackEntries(JSON.parse(pieces.join('')))
        expect(unpacked).toStrictEqual(given)
        expect(Object.keys(unpacked)).toEqual(Object.keys(given))
        for (const [id, entry] of Object.entries(unpacked)) {
          expect(Object.keys(entry)).toEqual(Object.keys(given[id]!))
        }
      }),
      { numRuns: 100 },
    )
  })

  it.each([
    ['undefined', undefined],
    ['a date', new Date(0)],
    ['a set', new Set([1])],
    ['what JSON has no number for', Number.NaN],
    ['a key that stands for something', { '\0float': '1' }],
  ])('are not packed where one holds %s', (_what, strange) => {
    const isPacked = (part: unknown) => packEntries({ a: { one: 1 }, b: { one: part } }, () => {})
    expect(isPacked(strange)).toBe(false)
    expect(isPacked([{ deep: strange }])).toBe(false)
    expect(isPacked([{ deep: 1 }])).toBe(true)
  })
})
