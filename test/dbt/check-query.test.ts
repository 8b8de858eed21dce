import { describe, expect, it } from 'vitest'
import { checkQuery, type RenderedRule } from '../../src/dbt/check-query.ts'
import { dialect } from '../graph/fixture-dialect.ts'

const query = (rule: RenderedRule, where?: string) => checkQuery(rule, 't', where, dialect)

describe('rules as queries of what fails', () => {
  it.each<[RenderedRule, string]>([
    [{ rule: 'not_null', column: 'a' }, 'select * from t where "a" is null'],
    [
      { rule: 'unique', columns: ['a', 'b'] },
      'select "a", "b" from t where "a" is not null and "b" is not null group by "a", "b" having count(*) > 1',
    ],
    [
      { rule: 'accepted_values', column: 'a', values: ["it's", 1, null] },
      `select "a", count(*) as row_count from t where "a" is not null and "a" not in ('it''s', 1) group by "a"`,
    ],
    [
      { rule: 'accepted_values', column: 'a', values: [null] },
      'select "a", count(*) as row_count from t where "a" is not null group by "a"',
    ],
    [
      { rule: 'accepted_range', column: 'a', min: 0, max: 9, inclusive: true },
      'select * from t where "a" < 0 or "a" > 9',
    ],
    [{ rule: 'accepted_range', column: 'a', min: 0, inclusive: false }, 'select * from t where "a" <= 0'],
    [{ rule: 'expression', expression: 'a > b' }, 'select * from t where not (a > b)'],
    [
      { rule: 'relationships', column: 'a', to: 'u', field: 'id' },
      'select * from t where "a" is not null and "a" not in (select "id" from u where "id" is not null)',
    ],
    [
      { rule: 'row_count', min: 1, max: 5 },
      'select count(*) as row_count from t having count(*) < 1 or count(*) > 5',
    ],
  ])('%j', (rule, sql) => {
    expect(query(rule)).toBe(sql)
  })

  it('judges only the rows asked for, whatever comment the condition ends with', () => {
    expect(query({ rule: 'not_null', column: 'a' }, 'b > 0 -- positive')).toBe(
      'select * from (select * from t where (b > 0 -- positive\n)) as checked where "a" is null',
    )
  })

  it('leaves what needs an engine', () => {
    expect(query({ rule: 'recency', column: 'a', hours: 1 })).toBeUndefined()
    expect(query({ rule: 'matches', column: 'a', pattern: 'x' })).toBeUndefined()
  })
})
