import { expect } from 'vitest'
import type { PostgresSource } from './postgres-source.ts'
import type { RunProject } from './run-project.ts'

/** Expects a table of the warehouse to hold what the source's does, row by row. `columns` are of types that print alike. */
export async function expectSameRows(
  source: PostgresSource,
  project: Pick<RunProject, 'rows'>,
  table: string,
  columns: readonly string[],
): Promise<void> {
  const list = columns.map((column) => `cast(${column} as varchar) as ${column}`).join(', ')
  const order = `order by ${columns.join(', ')}`
  const there = await source.rows(`select ${list} from ${table} ${order}`)
  const here = await project.rows(`select ${list} from raw.raw_shop_${table} ${order}`)
  expect(here.length).toBe(there.length)
  expect(here).toEqual(there)
}
