import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redact } from '../../src/events/redact.ts'

describe('redact', () => {
  test('masks every occurrence', () => {
    expect(redact('hunter2! is not hunter2!', ['hunter2!'])).toBe('*** is not ***')
  })

  test('masks a password that a URL carries percent-encoded', () => {
    const url = 'postgres://me:p%40ss%2Fword@db/shop refused'
    expect(redact(url, ['p@ss/word'])).toBe('postgres://me:***@db/shop refused')
  })

  test('leaves no part of a secret that overlaps or holds another', () => {
    expect(redact('abcdef', ['abcd', 'cdef'])).toBe('***')
    expect(redact('secretsecrets', ['secret', 'secrets'])).toBe('***')
    expect(redact('x-longsecret-x', ['secret', 'longsecret'])).toBe('x-***-x')
  })

  test('leaves short secrets and empty ones, which would blot out the text', () => {
    expect(redact('a cat sat', ['a', '', 'cat'])).toBe('a cat sat')
  })

  test('never lets a secret through, and keeps text without secrets', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '@', ' '), minLength: 4, maxLength: 6 })
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), fc.array(word, { maxLength: 6 }), (secrets, words) => {
        const text = words.join('')
        const redacted = redact(text, secrets)
        for (const secret of secrets) {
          expect(redacted).not.toContain(secret)
          expect(redacted).not.toContain(encodeURIComponent(secret))
        }
        if (!secrets.some((secret) => text.includes(secret))) expect(redacted).toBe(text)
      }),
    )
  })
})
