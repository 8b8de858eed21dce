import { describe, expect, it } from 'vitest'
import type { LogicalType } from '../../src/batch/logical-type.ts'
import { chooseChecks } from '../../src/init/choose-checks.ts'
import { chooseKey, singular } from '../../src/init/choose-key.ts'
import { choosePairs } from '../../src/init/profile/choose-pairs.ts'
import type { ColumnProfile, TableProfile } from '../../src/init/profile/table-profile.ts'

function column(
  name: string,
  kind: Exclude<LogicalType['kind'], 'decimal'>,
  given: Partial<ColumnProfile> = {},
): ColumnProfile {
  return {
    name,
    type: { kind },
    nulls: 0,
    distinct: 100,
    unique: false,
    uniqueInEachFile: false,
    range: undefined,
    longest: kind === 'text' ? 10 : undefined,
    values: undefined,
    dateFormat: undefined,
    ...given,
  }
}

const table = (rows: number, ...columns: ColumnProfile[]): TableProfile => ({
  rows,
  columns,
  pairs: [],
  personal: [],
})
const unique = { unique: true, uniqueInEachFile: true }

describe('the key of a table', () => {
  it('is the unique column that is named like one, wherever it stands', () => {
    const profile = table(100, column('name', 'text', unique), column('OrderID', 'int64', unique))
    expect(chooseKey('orders', profile)).toEqual({ columns: ['OrderID'], strength: 'sure' })
  })

  it('is never a column that the data contradict', () => {
    expect(chooseKey('orders', table(100, column('order_id', 'int64')))).toBeUndefined()
  })

  it('may be repeated by later files, when it is named like one', () => {
    const repeated = { uniqueInEachFile: true }
    expect(chooseKey('orders', table(100, column('order_id', 'int64', repeated)))?.columns).toEqual([
      'order_id',
    ])
    expect(chooseKey('orders', table(100, column('title', 'text', repeated)))).toBeUndefined()
  })

  it('is not a number that happens to be unique, nor anything in a handful of rows', () => {
    expect(
      chooseKey('points', table(100, column('x', 'float64', unique), column('y', 'int64', unique))),
    ).toBeUndefined()
    expect(chooseKey('people', table(3, column('name', 'text', unique)))).toBeUndefined()
    expect(chooseKey('people', table(3, column('id', 'int64', unique)))?.columns).toEqual(['id'])
  })

  it('may be a pair', () => {
    const profile = { ...table(100, column('symbol', 'text')), pairs: [['symbol', 'date'] as const] }
    expect(chooseKey('prices', profile)).toEqual({ columns: ['symbol', 'date'], strength: 'sure' })
  })

  it('of a pair is only looked for where a when and a what could make one', () => {
    const prices = [column('symbol', 'text', { distinct: 5 }), column('day', 'date', { distinct: 20 })]
    expect(choosePairs(prices, 100)).toEqual([['symbol', 'day']])
    expect(choosePairs(prices, 1000)).toEqual([])
    expect(choosePairs(prices, 10)).toEqual([])
    expect(choosePairs([prices[0]!, column('day', 'date', { distinct: 20, nulls: 1 })], 100)).toEqual([])
  })

  it.each([
    ['orders', 'order'],
    ['companies', 'company'],
    ['addresses', 'address'],
    ['boxes', 'box'],
    ['news', 'new'],
    ['status', 'statu'],
    ['class', 'class'],
  ])('of %s is looked for under %s', (word, one) => expect(singular(word)).toBe(one))
})

describe('the checks of a column', () => {
  const range = (min: number, max: number) => ({ range: { min, max } })

  it('have bounds by what it is, never by what was seen', () => {
    expect(chooseChecks(column('amount', 'float64', range(3.5, 99)), 100).range).toEqual({
      min: 0,
      hard: false,
    })
    expect(chooseChecks(column('Latitude', 'float64', range(12, 13)), 5).range).toEqual({
      min: -90,
      max: 90,
      hard: true,
    })
    expect(chooseChecks(column('delay', 'int64', range(0, 99)), 100).range).toBeUndefined()
    expect(chooseChecks(column('price', 'float64', range(1, 99)), 5).range).toBeUndefined()
  })

  it('are none that the data fail', () => {
    expect(chooseChecks(column('amount', 'float64', range(-1, 99)), 100).range).toBeUndefined()
    expect(chooseChecks(column('lat', 'float64', range(0, 91)), 100).range).toBeUndefined()
    expect(chooseChecks(column('pct', 'int64', range(0, 101)), 100).range).toBeUndefined()
    expect(chooseChecks(column('status', 'text', { nulls: 1 }), 100).notNull).toBe(false)
  })

  it('know enumerations by their repetition', () => {
    const few = { values: ['a', 'b', 'c'], distinct: 3 }
    expect(chooseChecks(column('kind', 'text', few), 100).values).toEqual(['a', 'b', 'c'])
    expect(chooseChecks(column('kind', 'text', few), 20).values).toBeUndefined()
    expect(chooseChecks(column('kind', 'text', { ...few, nulls: 90 }), 100).values).toBeUndefined()
    expect(chooseChecks(column('kind', 'text', { ...few, longest: 300 }), 100).values).toBeUndefined()
    expect(chooseChecks(column('kind', 'text', { values: ['{{ x }}', 'b'] }), 100).values).toBeUndefined()
  })
})
