import { WaterworksError } from '../../errors/waterworks-error.ts'
import { toHost } from '../../jinja/values/convert.ts'
import { PyDict } from '../../jinja/values/dict.ts'
import { iterate } from '../../jinja/values/iterate.ts'
import type { Kwargs } from '../../jinja/values/kwargs.ts'
import { isTrue } from '../../jinja/values/size.ts'
import { textOf } from '../../jinja/values/text.ts'
import { AgateTable } from '../agate/agate-table.ts'
import { parseReference } from '../reference.ts'
import { bindArguments, textArgument, wrongCall } from './bind-arguments.ts'
import { renderColumnConstraints, renderModelConstraint } from './constraint-text.ts'
import type { ContextScope } from './context-names.ts'
import { externalReadLocation, externalWriteOptions } from './external-options.ts'
import { indexValue } from './index-value.ts'
import { RelationValue } from './relation-value.ts'
import { seedColumnType } from './seed-column-type.ts'

type AdapterFunction = (scope: ContextScope, args: readonly unknown[], kwargs: Kwargs) => unknown

/** dbt's strategies of incremental models; others are the project's own macros. */
const builtInStrategies = ['append', 'delete+insert', 'merge', 'insert_overwrite', 'microbatch']
const validStrategies = ['append', 'delete+insert', 'merge', 'microbatch']

/** Methods of the adapter that ask nothing of the warehouse. */
export const adapterFunctions: Readonly<Record<string, AdapterFunction>> = {
  dispatch: ({ macros, rendering }, args, kwargs) => {
    const name = 'adapter.dispatch'
    const [macro, namespace] = bindArguments(name, ['macro_name', 'macro_namespace'], 1, args, kwargs)
    const searched = typeof namespace === 'string' ? namespace : undefined
    return macros.dispatch(textArgument(name, 'macro_name', macro), searched, rendering.packageName).macro
  },
  type: ({ settings }) => settings.target.type,
  quote: ({ settings }, args, kwargs) => {
    const [identifier] = bindArguments('adapter.quote', ['identifier'], 1, args, kwargs)
    return settings.dialect.identifier(textOf(identifier))
  },
  quote_as_configured: ({ settings }, [identifier, key]) => {
    const { quoting = {} } = settings
    const part = key === 'database' || key === 'schema' || key === 'identifier' ? key : 'identifier'
    return quoting[part] === false ? textOf(identifier) : settings.dialect.identifier(textOf(identifier))
  },
  quote_seed_column: ({ settings }, [column, quote]) =>
    quote === false ? textOf(column) : settings.dialect.identifier(textOf(column)),
  convert_type: (_scope, [table, index]) => {
    if (!(table instanceof AgateTable)) throw wrongCall('adapter.convert_type() needs a table.')
    return seedColumnType(table, Number(index))
  },
  date_function: () => 'now()',
  cache_added: ({ rendering }) => forget(rendering),
  cache_dropped: ({ rendering }) => forget(rendering),
  cache_renamed: ({ rendering }) => forget(rendering),
  valid_incremental_strategies: () => [...validStrategies],
  builtin_incremental_strategies: () => [...builtInStrategies],
  get_incremental_strategy_macro: ({ macros, rendering, settings }, [, strategy]) => {
    if (rendering.phase === 'parse') return null
    const name = strategy === null || strategy === undefined ? 'default' : textOf(strategy)
    if (builtInStrategies.includes(name) && !validStrategies.includes(name)) {
      throw new WaterworksError('WW1212', {
        message: `The incremental strategy "${name}" is not there on ${settings.target.type}.`,
        hint: `There are ${validStrategies.join(', ')}.`,
      })
    }
    const macro = `get_incremental_${name.replaceAll('+', '_')}_sql`
    const found = macros.find(macro, rendering.packageName)
    if (found) return found.macro
    throw new WaterworksError('WW1212', {
      message: `There is no incremental strategy "${name}": no macro ${macro} is found.`,
      hint: `There are ${validStrategies.join(', ')}; a macro of that name makes one of your own.`,
    })
  },
  get_hard_deletes_behavior: ({ rendering }, [config]) => {
    const own = rendering.config()
    const read = (key: string) => (config instanceof PyDict ? config.get(key) : own[key])
    return hardDeletes(read('hard_deletes'), read('invalidate_hard_deletes'))
  },
  render_raw_columns_constraints: (scope, args, kwargs) => {
    const [columns] = bindArguments('render_raw_columns_constraints', ['raw_columns'], 1, args, kwargs)
    const list = columns instanceof PyDict ? [...columns.values()] : []
    const { dialect } = scope.settings
    return list.map((column) => renderColumnConstraints(toHost(column), dialect, (to) => nameOf(scope, to)))
  },
  render_raw_model_constraints: (scope, args, kwargs) => {
    const [constraints] = bindArguments('render_raw_model_constraints', ['raw_constraints'], 1, args, kwargs)
    return Array.from(iterate(constraints ?? []), (constraint) =>
      renderModelConstraint(toHost(constraint), (to) => nameOf(scope, to)),
    ).filter((text) => text !== undefined)
  },
  standardize_grants_dict: (_scope, [table]) => {
    if (!(table instanceof AgateTable)) throw wrongCall('standardize_grants_dict() needs a table.')
    const grants = new PyDict()
    const at = (name: string) => table.names.findIndex((other) => other.toLowerCase() === name)
    for (const row of table.rows) {
      const privilege = row[at('privilege_type')]
      const grantees = grants.get(privilege)
      if (Array.isArray(grantees)) grantees.push(row[at('grantee')])
      else grants.set(privilege, [row[at('grantee')]])
    }
    return grants
  },
  build_catalog_relation: () => null,
  get_catalog_integration: () => null,
  get_partitions_metadata: () => null,
  // dbt-duckdb's own.
  is_motherduck: () => false,
  is_ducklake: () => false,
  use_ducklake_table_workarounds: () => false,
  disable_transactions: () => false,
  get_binding_char: () => '?',
  external_root: ({ settings }) => settings.externalRoot ?? '.',
  external_write_options: (_scope, [location, options]) =>
    externalWriteOptions(textOf(location), textsIn(options)),
  external_read_location: (_scope, [location, options]) =>
    externalReadLocation(textOf(location), textsIn(options)),
  escape_sql_string: (_scope, [value]) => textOf(value).replaceAll("'", "''"),
  get_seed_file_path: (_scope, [model]) => {
    const node = toHost(model)
    if (typeof node !== 'object' || node === null) throw wrongCall('get_seed_file_path() needs a node.')
    const part = (key: string) => (key in node ? String(node[key as never]) : '')
    return [part('root_path'), part('original_file_path')].filter((text) => text !== '').join('/')
  },
  warn_once: ({ rendering }, [message]) => {
    rendering.warn(textOf(message))
    return ''
  },
  convert_datetimes_to_strs: (_scope, [table]) => {
    if (!(table instanceof AgateTable)) throw wrongCall('convert_datetimes_to_strs() needs a table.')
    const rows = table.rows.map((row) =>
      row.map((value, index) =>
        table.columns[index]?.type === 'DateTime' && value !== null ? textOf(value) : value,
      ),
    )
    return table.with(
      table.columns.map((column) => (column.type === 'DateTime' ? { ...column, type: 'Text' } : column)),
      rows,
    )
  },
  parse_index: (_scope, [index]) => indexValue(index, () => performance.now()),
  submit_python_job: () => {
    throw wrongCall('Python models do not run here.', 'Write the model in SQL.')
  },
}

/** What becomes of rows that a snapshot's source no longer has. Throws WW1212. */
function hardDeletes(hard: unknown, invalidate: unknown): string {
  const isSet = (value: unknown) => value !== undefined && value !== null
  if (isSet(hard) && isSet(invalidate)) {
    throw new WaterworksError('WW1212', {
      message: 'A snapshot sets hard_deletes and invalidate_hard_deletes, which say the same.',
      hint: 'Keep hard_deletes.',
    })
  }
  if (isSet(invalidate) && isTrue(invalidate)) return 'invalidate'
  if (!isSet(hard)) return 'ignore'
  if (hard === 'ignore' || hard === 'invalidate' || hard === 'new_record') return hard
  throw new WaterworksError('WW1212', {
    message: `hard_deletes cannot be "${textOf(hard)}".`,
    hint: 'There are ignore, invalidate and new_record.',
  })
}

function forget({ connection }: ContextScope['rendering']): string {
  connection?.forget()
  return ''
}

function textsIn(options: unknown): Map<string, string> {
  const entries = options instanceof PyDict ? [...options.entries()] : []
  return new Map(entries.map(([key, value]) => [textOf(key), textOf(value)]))
}

/** The table that a foreign key points to, where it is written as ref() or source(). DuckDB takes no database before it. */
function nameOf({ settings, rendering }: ContextScope, to: string): string {
  const engine = settings.target.type
  const reference = parseReference(to)
  const name = reference ? RelationValue.of(engine, rendering.resolve(reference).relation).toText() : to
  const parts = name.split('.')
  return engine === 'duckdb' && parts.length > 2 ? parts.slice(1).join('.') : name
}
