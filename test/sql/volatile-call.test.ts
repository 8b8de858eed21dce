import { describe, expect, test } from 'vitest'
import { volatileCall } from '../../src/sql/volatile-call.ts'

describe('what may answer otherwise', () => {
  test.each([
    ['select now() as at', 'now()'],
    ['select * from t where day > CURRENT_DATE - 7', 'current_date'],
    ['select Random() from t', 'random()'],
    ["select nextval('s')", 'nextval()'],
    ["select * from read_parquet('a/*.parquet')", 'read_parquet()'],
    ["select * from 'prices.csv'", "'prices.csv'"],
    ['select * from $$prices.csv$$', '$$prices.csv$$'],
    ["select * from/* here */'prices.csv'", "'prices.csv'"],
    ['select table_name from information_schema.tables', 'information_schema'],
    ['select localtimestamp', 'localtimestamp'],
  ])('%s', (sql, call) => {
    expect(volatileCall(sql)).toBe(call)
  })

  test.each([
    'select id, now, random from t',
    'select t.current_date from t',
    'select day as current_date from t',
    "select 'now()' as text -- current_timestamp",
    'select "current_date" from t',
    'select upper(name) from read_model',
    "select 1 where name = 'read_csv'",
    "select date_trunc('day', at) from scans",
  ])('not by %s', (sql) => {
    expect(volatileCall(sql)).toBeUndefined()
  })
})
