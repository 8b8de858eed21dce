import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { UnitTestRows } from '../manifest/manifest-unit-test.ts'

/** A row of a fixture: values by column, texts where they come from CSV; null for a value that is not there. */
export type FixtureRow = Readonly<Record<string, unknown>>

/** What stands for a relation in a unit test: rows, or a query that gives them. */
export type Fixture =
  | { readonly kind: 'rows'; readonly rows: readonly FixtureRow[] }
  | { readonly kind: 'sql'; readonly sql: string }

/** The rows that a unit test gives or expects, as they were parsed. Throws WW2301 when there are none. */
export function fixtureOf({ rows }: UnitTestRows, whose: string): Fixture {
  if (typeof rows === 'string') return { kind: 'sql', sql: rows }
  if (rows !== null) return { kind: 'rows', rows }
  throw new WaterworksError('WW2301', { message: `${whose} has no rows` })
}
