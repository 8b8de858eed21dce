import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnName } from '../../src/naming/column-name.ts'
import { findClash } from '../../src/naming/find-clash.ts'
import { LONGEST_NAME, shortenName } from '../../src/naming/shorten-name.ts'
import { snakeName } from '../../src/naming/snake-name.ts'

describe('names of columns', () => {
  it.each([
    ['Order ID', 'order_id'],
    ['customerName', 'customer_name'],
    ['HTTPServer2Go', 'http_server2_go'],
    ['Prénom du client', 'prenom_du_client'],
    ['  total (€) ', 'total'],
    ['_id', '_id'],
    ['2nd line', '_2nd_line'],
    ['order', 'order_'],
    ['order_', 'order_'],
    ['名前', '名前'],
    ['already_snake', 'already_snake'],
    ['a__b', 'a_b'],
  ])('%s is %s in snake_case', (name, expected) => expect(snakeName(name)).toBe(expected))

  it('names without a letter or digit stay apart', () => {
    expect(snakeName('%')).toMatch(/^column_[0-9a-f]{8}$/)
    expect(snakeName('%')).not.toBe(snakeName('$'))
  })

  it('snake_case is a name of its own, and the same of itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => {
        const snake = snakeName(name)
        expect(snake).not.toBe('')
        expect(snakeName(snake)).toBe(snake)
      }),
      { numRuns: 2000 },
    )
  })

  it('no name is longer than engines take, however its characters are written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        const short = shortenName(name)
        expect(Buffer.byteLength(short)).toBeLessThanOrEqual(LONGEST_NAME)
        expect(shortenName(short)).toBe(short)
        if (Buffer.byteLength(name) <= LONGEST_NAME) expect(short).toBe(name)
      }),
    )
  })

  it('long names with the same beginning stay apart', () => {
    const long = 'a'.repeat(80)
    expect(shortenName(`${long}1`)).not.toBe(shortenName(`${long}2`))
    expect(shortenName(`${long}1`)).toMatch(/^a{54}_[0-9a-f]{8}$/)
  })

  it('levels are joined, each by the style', () => {
    expect(columnName(['shipTo', 'ZIP code'], 'snake_case')).toBe('ship_to__zip_code')
    expect(columnName(['shipTo', 'ZIP code'], 'as_found')).toBe('shipTo__ZIP code')
  })

  it('finds two sources of one column, and takes letter case as the engine does', () => {
    const names = [
      { source: 'Order ID', column: 'order_id' },
      { source: 'a', column: 'a' },
      { source: 'A', column: 'A' },
      { source: 'orderId', column: 'order_id' },
    ]
    expect(findClash(names, true)).toEqual({ column: 'a', one: 'a', other: 'A' })
    expect(findClash(names, false)).toEqual({ column: 'order_id', one: 'Order ID', other: 'orderId' })
  })
})
