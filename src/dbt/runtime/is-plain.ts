import { isBuiltIn } from '../../project/built-in-packages.ts'
import type { MacroLibrary } from '../macros/macro-library.ts'
import type { Config } from '../merge-configs.ts'
import { hooksOf } from './hook.ts'

/** What may change how a table or view is made; a macro of one of these names, of the project or a package, does. */
const onTheWay: readonly string[] = [
  'statement',
  'create_table_as',
  'create_view_as',
  'get_create_table_as_sql',
  'get_create_view_as_sql',
  'put_in_place',
  'run_hooks',
  'load_cached_relation',
  'make_intermediate_relation',
  'make_backup_relation',
  'drop_relation',
  'drop_relation_if_exists',
  'get_drop_sql',
  'rename_relation',
  'get_rename_sql',
  'create_indexes',
  'check_layout',
  'apply_grants',
  'should_revoke',
  'persist_docs',
]

/** Settings by which a node asks for more than a table or view of its query. */
const settings: readonly string[] = [
  ...['sql_header', 'grants', 'persist_docs', 'indexes', 'unlogged'],
  ...['partitioned_by', 'partition_by', 'sorted_by', 'sort_by'],
]

/**
 * Whether building a node comes to no more than `Executor.replaceTable` or `replaceView`: then no macro is rendered for it.
 * This is the one place that decides so.
 */
export function isPlain(config: Config, macros: MacroLibrary, adapter: string): boolean {
  const { materialized, contract } = config
  if (materialized !== 'table' && materialized !== 'view') return false
  const builder = macros.findMaterialization(materialized)
  if (!builder || !isBuiltIn(builder.packageName)) return false
  if (hooksOf(config, 'pre-hook').length > 0 || hooksOf(config, 'post-hook').length > 0) return false
  if (isEnforced(contract) || settings.some((key) => isGiven(config[key]))) return false
  const names = onTheWay.flatMap((name) => [name, `default__${name}`, `${adapter}__${name}`])
  return !macros.definesAny(names)
}

function isEnforced(contract: unknown): boolean {
  return (
    typeof contract === 'object' && contract !== null && 'enforced' in contract && contract.enforced === true
  )
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return false
  return typeof value !== 'object' || Object.values(value).some((part) => part !== false)
}
