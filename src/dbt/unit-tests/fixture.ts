import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { UnitTestRows } from '../manifest/manifest-unit-test.ts'
import { type FixtureRow, readCsv } from './read-csv.ts'

/** What stands for a relation in a unit test: rows, or a query that gives them. */
export type Fixture =
  | { readonly kind: 'rows'; readonly rows: readonly FixtureRow[] }
  | { readonly kind: 'sql'; readonly sql: string }

/**
 * The rows that a unit test gives or expects, whatever their format. The first row without a null comes first, as in dbt:
 * where a database takes a column's type from its first row, that row has one. Throws WW2301 when the rows are not of
 * the format they are said to have, or are not there.
 */
export function fixtureOf({ rows, format }: UnitTestRows, whose: string): Fixture {
  if (format === 'sql') {
    if (typeof rows !== 'string') throw wrongRows(whose, 'format sql takes the text of a query')
    return { kind: 'sql', sql: rows }
  }
  if (rows === null) throw wrongRows(whose, 'there are no rows')
  if (typeof rows !== 'string') return { kind: 'rows', rows: completeFirst(rows) }
  if (format === 'dict') throw wrongRows(whose, 'format dict takes a list of mappings from column to value')
  const read = readCsv(rows)
  if (read === undefined) throw wrongRows(whose, 'a line of the CSV has more values than there are columns')
  return { kind: 'rows', rows: completeFirst(read) }
}

function completeFirst(rows: readonly FixtureRow[]): readonly FixtureRow[] {
  const complete = rows.findIndex((row) => Object.values(row).every((value) => value !== null))
  return complete < 1 ? rows : rows.with(0, rows[complete]!).with(complete, rows[0]!)
}

function wrongRows(whose: string, problem: string): WaterworksError {
  return new WaterworksError('WW2301', { message: `${whose}: ${problem}` })
}
