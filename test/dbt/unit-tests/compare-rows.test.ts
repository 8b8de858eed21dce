import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cells, compareRows } from '../../../src/dbt/unit-tests/compare-rows.ts'
import { renderDifference } from '../../../src/dbt/unit-tests/render-difference.ts'

const cell = fc.oneof(fc.constant(null), fc.constantFrom('1', '2', 'a'))
const rows = fc.array(fc.tuple(cell, cell), { maxLength: 8 })

function sorted(given: readonly Cells[]): readonly string[] {
  return given.map((row) => JSON.stringify(row)).toSorted()
}

describe('comparing rows', () => {
  it('finds no difference when the rows are the same in whatever order, and only then', () => {
    fc.assert(
      fc.property(rows, rows, (expected, actual) => {
        const same = JSON.stringify(sorted(expected)) === JSON.stringify(sorted(actual))
        expect(compareRows(expected, actual) === undefined).toBe(same)
      }),
    )
  })

  it('accounts for every row that is not on both sides, once', () => {
    fc.assert(
      fc.property(rows, rows, (expected, actual) => {
        const { changed, missing, unexpected } = compareRows(expected, actual) ?? {
          changed: [],
          missing: [],
          unexpected: [],
        }
        const rest = (all: readonly Cells[], gone: readonly Cells[]) => {
          const left = [...sorted(all)]
          for (const row of sorted(gone)) left.splice(left.indexOf(row), 1)
          return left
        }
        const differing = [...changed.map((pair) => pair.expected), ...missing]
        const surplus = [...changed.map((pair) => pair.actual), ...unexpected]
        expect(rest(expected, differing)).toEqual(rest(actual, surplus))
      }),
    )
  })

  it('tells NULL from the text that spells it', () => {
    expect(compareRows([[null]], [['NULL']])).toBeDefined()
  })

  it('does not compare each row with each when there are too many', () => {
    const many = (start: number) => Array.from({ length: 1000 }, (_, index) => [String(start + index), 'x'])
    const difference = compareRows(many(0), many(1000))
    expect(difference?.changed).toEqual([])
    expect(difference?.missing).toHaveLength(1000)
  })
})

describe('showing the difference', () => {
  it('is a table of the rows that differ', () => {
    const expected = [
      ['1', 'x', '4.00'],
      ['2', 'y', null],
      ['9', 'q', '3.00'],
    ]
    const actual = [
      ['1', 'x', '3.00'],
      ['2', 'y', null],
      ['3', 'z\nz', '4.00'],
    ]
    expect(renderDifference(['id', 'name', 'amount'], compareRows(expected, actual)!)).toBe(
      `actual differs from expected:

@@   id  name  amount
→    1   x     4.00→3.00
---  9   q     3.00
+++  3   z z   4.00
`,
    )
  })

  it('counts what is too much to show', () => {
    const actual = Array.from({ length: 60 }, (_, index) => [String(index)])
    const text = renderDifference(['id'], compareRows([], actual)!)
    expect(text.split('\n')).toHaveLength(2 + 1 + 50 + 1 + 1)
    expect(text).toContain('… and 10 more rows')
  })
})
