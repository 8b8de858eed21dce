import type { Target } from '../../project/project.ts'

/** What templates see as `target`. A password is not among it. */
export function targetValues(name: string, target: Target): Readonly<Record<string, unknown>> {
  const shared = {
    name,
    target_name: name,
    profile_name: name,
    type: target.type,
    schema: target.schema,
    threads: target.threads ?? 1,
  }
  if (target.type === 'duckdb') return { ...shared, path: target.path, database: duckdbDatabase(target.path) }
  const { host, port, user, database } = target
  return { ...shared, host, port, user, database, dbname: database }
}

/** DuckDB names a database after its file. */
function duckdbDatabase(path: string): string {
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  return path === ':memory:' ? 'memory' : file.replace(/\.[^.]*$/, '')
}
