import { expect, it } from 'vitest'
import { readCsv } from '../../../src/dbt/agate/read-csv.ts'

const typeOf = (...values: readonly string[]) =>
  readCsv(['c', ...values.map((value) => `"${value}"`)].join('\n'), {}, () => undefined).columns[0]?.type

it.each([
  ['Number', ['1', '-2.5', '1e3', '']],
  ['Date', ['2026-01-01', '2026-2-3']],
  ['DateTime', ['2026-01-01 10:00:00', '2026-1-2 9:05:00']],
  ['DateTime', ['2026-01-01T10:00:00', '2026-01-02T10:00:00.25Z', '20260103T1000']],
  // Neither form is that of all of them.
  ['Text', ['2026-01-01 10:00:00', '2026-01-01T10:00:00']],
  ['Text', ['2026-01-01 10:00:00.25']],
  ['Text', ['2026-01-01', '2026-01-01 10:00:00']],
  ['Boolean', ['true', 'False']],
  ['Integer', ['', 'null']],
])('a column is %s whose values are %j', (type, values) => {
  expect(typeOf(...values)).toBe(type)
})
