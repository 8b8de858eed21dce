/** The packages that are built in, as dbt has them: its own, one for each warehouse, and beside them the platform's. */
export const builtInNames: readonly string[] = ['dbt_duckdb', 'dbt_postgres', 'waterworks', 'dbt']

/**
 * Those that a project on a warehouse sees, the first to have a macro winning. Their macros need no package before their names.
 */
export function builtInFor(warehouse: string): readonly string[] {
  return [`dbt_${warehouse}`, 'dbt', 'waterworks']
}

/** Whether a package is one of the built-in ones. */
export function isBuiltIn(packageName: string): boolean {
  return builtInNames.includes(packageName)
}

/** The package of a file of the library, by its path there. */
export function builtInPackageOf(path: string): string {
  switch (path.slice(0, path.indexOf('/'))) {
    case 'duckdb':
      return 'dbt_duckdb'
    case 'postgres':
      return 'dbt_postgres'
    case 'waterworks':
      return 'waterworks'
    default:
      return 'dbt'
  }
}
