import { describe, expect, it } from 'vitest'
import { regularExpression } from '../../../src/dbt/python/regular-expression.ts'

describe('flags in a pattern', () => {
  it('may stand in one group or in several', () => {
    for (const pattern of ['(?is)a.b', '(?i)(?s)a.b']) {
      const made = regularExpression(pattern)
      expect('A\nB'.match(made), pattern).toEqual(['A\nB'])
    }
  })

  it('are none where there are none', () => {
    expect('A\nB'.match(regularExpression('a.b'))).toBeNull()
  })
})
