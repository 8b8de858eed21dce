import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeLeaves } from '../../src/privacy/json-leaves.ts'
import { KeyedHash } from '../../src/privacy/keyed-hash.ts'
import { maskValue } from '../../src/privacy/mask-value.ts'
import { PERSONAL_KINDS, type PersonalKind } from '../../src/project/personal-data.ts'

describe('a keyed hash', () => {
  it('is HMAC-SHA-256, of keys and values of any length', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.uint8Array({ maxLength: 9000 }),
        (key, value) => {
          const hash = new KeyedHash(key)
          hash.hex(Buffer.from('a value before'))
          expect(hash.hex(value)).toBe(createHmac('sha256', key).update(value).digest('hex'))
        },
      ),
    )
  })
})

describe('a mask', () => {
  it.each<[PersonalKind, string, string]>([
    ['email', 'ada@example.org', 'a***@example.org'],
    ['email', 'nobody', '***'],
    ['phone', '+44 (0)1632 960-983', '***0983'],
    ['phone', '12 34 56', '***'],
    ['card', '4111 1111 1111 1111', '***1111'],
    ['iban', 'GB33 BUKB 2020 1555 5555 55', 'GB***5555'],
    ['national_id', '078-05-1120', '***1120'],
    ['ip', '192.0.2.17', '192.0.2.0/24'],
    ['ip', '2001:db8:7:9::1', '2001:db8:7::/48'],
    ['ip', 'somewhere', '***'],
    ['name', 'Ada Lovelace-Byron', 'A*** L***'],
    ['address', '12 St James’s Square', '***'],
    ['birth_date', '1815-12-10', '1815'],
    ['birth_date', '10/12/15', '***'],
    ['other', 'anything', '***'],
  ])('of the kind %s leaves the shape of %s', (kind, value, masked) => {
    expect(maskValue(value, kind)).toBe(masked)
  })

  it('never leaves a value as it was', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PERSONAL_KINDS), fc.string({ minLength: 5 }), (kind, value) => {
        // The year of a date is what the mask of a birth date leaves; a year alone is all of it.
        fc.pre(kind !== 'birth_date' && /[\p{L}\p{N}]{2}/u.test(value))
        expect(maskValue(value, kind)).not.toBe(value)
      }),
    )
  })
})

describe('values within JSON', () => {
  it('are changed where the path leads, through lists, and nothing else is', () => {
    const json = '{"a":[{"b":1.50,"c":"x"},{"b":null},{"B":{"d":true}}],"b":12345678901234567890}'
    expect(changeLeaves(json, ['a', 'b'], (text) => ({ text: `<${text}>` }))).toBe(
      '{"a":[{"b":"<1.50>","c":"x"},{"b":null},{"B":"<{\\"d\\":true}>"}],"b":12345678901234567890}',
    )
    expect(changeLeaves(json, ['a', 'b'], () => 'drop')).toBe(
      '{"a":[{"c":"x"},{"b":null},{}],"b":12345678901234567890}',
    )
    expect(changeLeaves('no json', ['a'], () => 'drop')).toBeUndefined()
  })

  it('stay as they are where the path leads nowhere', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(JSON.parse(changeLeaves(json, ['not there at all'], () => 'drop')!)).toEqual(JSON.parse(json))
      }),
    )
  })
})
