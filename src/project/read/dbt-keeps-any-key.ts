import type { Path } from '../yaml/value-at.ts'

/** Sections of a properties file whose entries, and columns, dbt reads with whatever else stands in them. */
const OPEN = new Set([
  'models',
  'seeds',
  'snapshots',
  'analyses',
  'macros',
  'tests',
  'data_tests',
  'functions',
])

/** Whether dbt takes any key at a path of a properties file: of sources only in their tables. */
export function dbtKeepsAnyKey(path: Path): boolean {
  const [section] = path
  if (path.length === 1) return true
  return OPEN.has(String(section)) || (section === 'sources' && path[2] === 'tables' && path.length > 4)
}
