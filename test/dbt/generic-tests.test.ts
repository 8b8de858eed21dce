import { describe, expect, it } from 'vitest'
import { readGenericTest } from '../../src/dbt/generic-tests.ts'

const rule = (test: string, args: Record<string, unknown>, column?: string) => {
  const reading = readGenericTest(test, args, column)
  expect(reading?.problems).toEqual([])
  return reading?.rule
}
const problems = (test: string, args: Record<string, unknown>, column?: string) =>
  readGenericTest(test, args, column)?.problems.map(({ message, hint }) =>
    hint ? `${message} | ${hint}` : message,
  )

describe('tests of a schema.yml', () => {
  it('reads dbt’s four', () => {
    expect(rule('not_null', {}, 'id')).toEqual({ rule: 'not_null', column: 'id' })
    expect(rule('unique', {}, 'id')).toEqual({ rule: 'unique', columns: ['id'] })
    expect(rule('unique', { column_name: 'id' })).toEqual({ rule: 'unique', columns: ['id'] })
    expect(rule('unique', { columns: ['a', 'b'] })).toEqual({ rule: 'unique', columns: ['a', 'b'] })
    expect(rule('accepted_values', { values: ['a', 1, null] }, 's')).toEqual({
      rule: 'accepted_values',
      column: 's',
      values: ['a', 1, null],
    })
    expect(rule('relationships', { to: "ref('customers')", field: 'id' }, 'customer_id')).toEqual({
      rule: 'relationships',
      column: 'customer_id',
      to: { kind: 'ref', package: undefined, model: 'customers' },
      field: 'id',
    })
    expect(rule('relationships', { to: '{{ source("shop", "orders") }}', field: 'id' }, 'x')).toMatchObject({
      to: { kind: 'source', source: 'shop', table: 'orders' },
    })
  })

  it('takes values as they are when they are not to be quoted', () => {
    expect(
      rule('accepted_values', { values: ['1', '2.5', 'TRUE', '9007199254740993'], quote: false }, 'x'),
    ).toMatchObject({
      values: [1, 2.5, true, 9007199254740993n],
    })
    expect(problems('accepted_values', { values: ['now()'], quote: false }, 'x')).toEqual([
      'has "quote: false" but "now()" is a text | Leave quote out, or use an expression test for values that are SQL.',
    ])
  })

  it('reads ours', () => {
    expect(rule('accepted_range', { min: 0, max: 10 }, 'x')).toEqual({
      rule: 'accepted_range',
      column: 'x',
      min: 0,
      max: 10,
      inclusive: true,
    })
    expect(rule('accepted_range', { min_value: '2020-01-01', inclusive: false }, 'x')).toEqual({
      rule: 'accepted_range',
      column: 'x',
      min: '2020-01-01',
      inclusive: false,
    })
    expect(rule('recency', { hours: 0.5 }, 'at')).toEqual({ rule: 'recency', column: 'at', hours: 0.5 })
    expect(rule('expression', { expression: 'a <= b' })).toEqual({ rule: 'expression', expression: 'a <= b' })
    expect(rule('row_count', { min: 1 })).toEqual({ rule: 'row_count', min: 1 })
    expect(rule('matches', { pattern: '^x' }, 'code')).toEqual({
      rule: 'matches',
      column: 'code',
      pattern: '^x',
    })
  })

  it('says what is wrong with arguments', () => {
    expect(problems('accepted_values', { valeus: [1] }, 'x')).toEqual([
      'needs the argument "values"',
      'has no argument "valeus" | Did you mean "values"?',
    ])
    expect(problems('accepted_values', { values: 'a' }, 'x')).toEqual(['needs a list of values as "values"'])
    expect(problems('relationships', { to: 'customers', field: 'id' }, 'x')).toEqual([
      `cannot read "customers" as "to" | Write to: ref('model') or to: source('source', 'table').`,
    ])
    expect(problems('not_null', { values: 1 }, 'x')).toEqual([
      'has no argument "values" | It takes no arguments.',
    ])
    expect(problems('not_null', {})).toEqual(['needs the argument "column_name"'])
    expect(problems('unique', {})).toEqual(['needs the argument "columns"'])
    expect(problems('accepted_range', {}, 'x')).toEqual(['needs the argument "min" or "max"'])
    expect(problems('recency', { hours: -1 }, 'x')).toEqual(['needs a number above 0 as "hours"'])
    expect(problems('row_count', { min: 1.5 })).toEqual(['needs a whole number of at least 0 as "min"'])
    expect(problems('row_count', { min: 1 }, 'x')).toEqual([
      'judges the table as a whole | Move it from the column to the model.',
    ])
  })

  it('knows no others', () => {
    expect(readGenericTest('toString', {}, 'x')).toBeUndefined()
    expect(readGenericTest('notnull', {}, 'x')).toBeUndefined()
  })
})
