import type { Target } from '../../project/project.ts'
import type { TemplateSettings } from '../template-settings.ts'

/** What templates see as `target`. A password is not among it. */
export function targetValues({
  targetName,
  target,
  profileName,
}: TemplateSettings): Readonly<Record<string, unknown>> {
  const shared = {
    name: targetName,
    target_name: targetName,
    profile_name: profileName ?? targetName,
    type: target.type,
    schema: target.schema,
    threads: target.threads ?? 1,
  }
  const database = databaseOf(target)
  if (target.type === 'duckdb') return { ...shared, path: target.path, database }
  const { host, port, user } = target
  return { ...shared, host, port, user, database, dbname: database }
}

/** Names DuckDB keeps for itself. */
const reserved: readonly string[] = ['main', 'system', 'temp']

/** The database that a target's relations are in; DuckDB names one after its file, up to the first dot. */
export function databaseOf(target: Target): string {
  if (target.type === 'postgres') return target.database
  if (target.path === ':memory:') return 'memory'
  const name = target.path.replace(/^.*[/\\]/, '').replace(/^\.+/, '')
  const stem = name.includes('.') ? name.slice(0, name.indexOf('.')) : name
  return reserved.includes(stem.toLowerCase()) ? `${stem}_db` : stem
}
