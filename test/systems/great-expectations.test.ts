import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { preparePython } from '../../scripts/python-program.ts'
import { duckDbDialect } from '../../src/engines/duckdb/duckdb-dialect.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { SUMMARY } from '../../src/expectations/result-format.ts'
import { readSuite } from '../../src/expectations/suite.ts'
import { validateSuite } from '../../src/run/validate-suite.ts'
import { expectationOf, rowsOf, tableSql } from '../support/generated-expectations.ts'

const script = join(import.meta.dirname, '../support/great_expectations_oracle.py')
const packages = ['great_expectations==1.9.0', 'pandas==2.3.3', 'pyarrow==26.0.1']
const TABLES = 24
const EXPECTATIONS = 25
const SEED = Number(process.env['WATERWORKS_SEED'] ?? 20_261_121)

/** What both results must have in common; what else they say is told apart by engines (`unexpected_index_query`). */
const COMPARED = [
  'element_count',
  'missing_count',
  'missing_percent',
  'unexpected_count',
  'unexpected_percent',
  'unexpected_percent_total',
  'unexpected_percent_nonmissing',
  'unexpected_list',
  'unexpected_index_list',
  'partial_unexpected_list',
  'partial_unexpected_counts',
  'observed_value',
  'details',
]

it('judges as Great Expectations does', { timeout: 600_000 }, async ({ skip }) => {
  const program = preparePython({ script, packages }, (reason) => console.log(reason))
  if (program === undefined) return skip('great_expectations cannot be installed')
  const folder = mkdtempSync(join(tmpdir(), 'ww-expectations-'))
  const engine = new DuckDbEngine({ path: ':memory:' })
  try {
    const session = await engine.connect()
    const tables = fc.sample(rowsOf, { numRuns: TABLES, seed: SEED })
    const suites = fc.sample(fc.array(expectationOf, { minLength: EXPECTATIONS, maxLength: EXPECTATIONS }), {
      numRuns: TABLES,
      seed: SEED,
    })
    const cases = []
    for (const [index, rows] of tables.entries()) {
      const parquet = join(folder, `${index}.parquet`)
      await session.execute(`copy (${tableSql(rows)}) to '${parquet}' (format parquet)`)
      const result_format = { result_format: 'COMPLETE', unexpected_index_column_names: ['id'] }
      cases.push({ parquet, result_format, suite: { name: 'generated', expectations: suites[index]! } })
    }
    const theirs = JSON.parse(
      program.ask(JSON.stringify(cases)).replaceAll(/-?\b(?:Infinity|NaN)\b/g, '"$&"'),
    )
    let compared = 0
    for (const [index, { parquet, suite }] of cases.entries()) {
      const ours = await validateSuite(session, {
        suite: readSuite(JSON.stringify(suite), 'generated'),
        target: { from: `read_parquet('${parquet}')`, dialect: duckDbDialect, now: '2026-03-01T12:00:00Z' },
        format: { ...SUMMARY, level: 'COMPLETE', indexColumns: ['id'] },
        parameters: {},
      })
      for (const [place, { success, result, expectation_config, exception_info }] of ours.results.entries()) {
        const other = theirs[index].results[place]
        if (other.refused !== undefined || isRaised(other.exception_info)) {
          expect(success).toBe(false)
          continue
        }
        compared++
        const what = { table: index, ...expectation_config, rows: tables[index] }
        expect({ what, success, error: exception_info.exception_message, ...told(result) }).toEqual({
          what,
          success: other.success,
          error: null,
          ...told(other.result),
        })
      }
    }
    expect(compared).toBeGreaterThan((TABLES * EXPECTATIONS) / 2)
  } finally {
    await engine.close()
    rmSync(folder, { recursive: true })
  }
})

function isRaised(info: Readonly<Record<string, unknown>>): boolean {
  return info['raised_exception'] !== false
}

function told(result: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    COMPARED.filter((key) => key in result).map((key) => [
      key,
      key === 'partial_unexpected_counts' ? merged(result[key]) : rounded(result[key]),
    ]),
  )
}

/**
 * Counts by value. In Python no NULL is equal to another, so that theirs are counted apart, and have no order: a difference that is
 * meant.
 */
function merged(counts: unknown): unknown {
  if (!Array.isArray(counts)) return counts
  const sums = new Map<string, number>()
  for (const { value, count } of counts) {
    const key = JSON.stringify(rounded(value))
    sums.set(key, (sums.get(key) ?? 0) + Number(count))
  }
  return Object.fromEntries(sums)
}

/** Sums end in other last digits, depending on the order in which they are made. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(10))
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]))
}
