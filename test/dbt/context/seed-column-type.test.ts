import { describe, expect, it } from 'vitest'
import { readCsv } from '../../../src/dbt/agate/read-csv.ts'
import { seedColumnType } from '../../../src/dbt/context/seed-column-type.ts'

describe('the type of a column of a seed', () => {
  const typeOf = (...values: readonly string[]) =>
    seedColumnType(
      readCsv(['n', ...values].join('\n'), {}, () => undefined),
      0,
    )

  it.each([
    { values: ['1', '2'], type: 'integer' },
    { values: ['1.0', '27.00'], type: 'integer' },
    { values: ['1.0', '2.5'], type: 'float8' },
    { values: ['0.10'], type: 'float8' },
    { values: ['true', 'FALSE'], type: 'boolean' },
    { values: ['a'], type: 'text' },
  ])('of $values is $type', ({ values, type }) => {
    expect(typeOf(...values)).toBe(type)
  })
})
