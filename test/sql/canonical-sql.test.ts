import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalSql } from '../../src/sql/canonical-sql.ts'

describe('the canonical form of a query', () => {
  it.each([
    ['select a, b from t', 'SELECT  a , b\n\tFROM t -- all of it\n;'],
    ['select /* one */ 1 as n where true', 'select 1 AS n WHERE TRUE'],
    ['select \'a--b\' from "T"', 'Select\n\'a--b\' From "T"'],
    ['select x.from as Select from x', 'select x.from AS Select\nfrom x'],
  ])('is the same for %j and %j', (one, other) => {
    expect(canonicalSql(other)).toBe(canonicalSql(one))
  })

  it.each([
    ['select Total from t', 'select total from t'],
    ["select 'A  b'", "select 'A b'"],
    ['select "from" from t', 'select "FROM" from t'],
    ['select 1 as From', 'select 1 as from'],
    ['select a b', 'select ab'],
    ['select $$ x $$', 'select $$x$$'],
    ['select 1; select 2', 'select 1 select 2'],
  ])('is another for %j and %j', (one, other) => {
    expect(canonicalSql(other)).not.toBe(canonicalSql(one))
  })

  it('is its own canonical form, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const form = canonicalSql(text)
        expect(canonicalSql(form)).toBe(form)
      }),
    )
  })
})
