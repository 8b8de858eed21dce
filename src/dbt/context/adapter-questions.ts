import type { Scalar } from '../../engines/dialect.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { toHost } from '../../jinja/values/convert.ts'
import { PyDict } from '../../jinja/values/dict.ts'
import { iterate } from '../../jinja/values/iterate.ts'
import type { Kwargs } from '../../jinja/values/kwargs.ts'
import { isTrue } from '../../jinja/values/size.ts'
import { textOf } from '../../jinja/values/text.ts'
import { PyTuple } from '../../jinja/values/tuple.ts'
import type { AdapterConnection, CatalogRelation } from '../adapter/adapter-connection.ts'
import { AgateTable } from '../agate/agate-table.ts'
import { DecimalValue } from '../python/decimal-value.ts'
import { AdapterResponse } from './adapter-response.ts'
import { bindArguments, textArgument } from './bind-arguments.ts'
import { ColumnValue } from './column-value.ts'
import type { ContextScope } from './context-names.ts'
import { placeOf, relationArgument } from './relation-argument.ts'
import { everyPart } from './relation-name.ts'
import { RelationValue } from './relation-value.ts'

type Asking = ContextScope & { readonly connection: AdapterConnection }

interface Question {
  /** What it gives while parsing. */
  readonly stub: (scope: ContextScope) => unknown
  readonly ask: (scope: Asking, args: readonly unknown[], kwargs: Kwargs) => unknown
}

const none = () => null
const nothing = () => []
const no = () => false

/** Methods of the adapter that ask the warehouse. */
export const adapterQuestions: Readonly<Record<string, Question>> = {
  execute: {
    stub: (scope) => new PyTuple([AdapterResponse.of('duckdb', '', 0), emptyTable(scope)]),
    ask: async (scope, args, kwargs) => {
      const parameters = ['sql', 'auto_begin', 'fetch', 'limit']
      const [sql, autoBegin, fetch, limit] = bindArguments('adapter.execute', parameters, 1, args, kwargs)
      const result = await scope.connection.execute(textArgument('adapter.execute', 'sql', sql), {
        autoBegin: isGiven(autoBegin) && isTrue(autoBegin),
        limit: typeof limit === 'number' ? limit : undefined,
      })
      const fetched = isGiven(fetch) && isTrue(fetch)
      const table = fetched ? tableOf(scope, result.columns, result.rows) : emptyTable(scope)
      const rows = fetched ? result.rows.length : result.rowsAffected
      return new PyTuple([AdapterResponse.of(scope.connection.type, result.code, rows), table])
    },
  },
  add_query: {
    stub: none,
    ask: async ({ connection }, args, kwargs) => {
      const parameters = ['sql', 'auto_begin', 'bindings', 'abridge_sql_log']
      const [sql, autoBegin, bindings] = bindArguments('adapter.add_query', parameters, 1, args, kwargs)
      await connection.execute(textArgument('adapter.add_query', 'sql', sql), {
        autoBegin: autoBegin === undefined || isTrue(autoBegin),
        bindings: isGiven(bindings) ? Array.from(iterate(bindings), scalarOf) : undefined,
      })
      return null
    },
  },
  begin: { stub: none, ask: ({ connection }) => connection.begin().then(none) },
  ensure_transaction: { stub: none, ask: ({ connection }) => connection.begin().then(none) },
  commit: { stub: none, ask: ({ connection }) => connection.commit().then(none) },
  commit_if_has_connection: { stub: none, ask: ({ connection }) => connection.commit().then(none) },
  rollback_if_open: { stub: none, ask: ({ connection }) => connection.rollback().then(none) },
  get_relation: {
    stub: none,
    ask: async (scope, args, kwargs) => {
      const parameters = ['database', 'schema', 'identifier']
      const [database, schema, identifier] = bindArguments(
        'adapter.get_relation',
        parameters,
        3,
        args,
        kwargs,
      )
      if (identifier === null || schema === null) return null
      const [wanted, within] = [textOf(identifier).toLowerCase(), textOf(schema)]
      const known = await scope.connection.relations(databaseText(scope, database), within)
      const found = known.filter((relation) => relation.identifier.toLowerCase() === wanted)
      const exact = found.find((relation) => relation.identifier === identifier) ?? found[0]
      return exact ? relationValue(scope, exact) : null
    },
  },
  list_relations: { stub: nothing, ask: listRelations },
  list_relations_without_caching: { stub: nothing, ask: listRelations },
  get_columns_in_relation: { stub: nothing, ask: columnsIn },
  get_missing_columns: {
    stub: nothing,
    ask: async (scope, [from, to]) => {
      const wanted = await columnsIn(scope, [from])
      const given = await columnsIn(scope, [to])
      const names = new Set(given.map(({ column }) => column.name))
      return wanted.filter(({ column }) => !names.has(column.name))
    },
  },
  get_column_schema_from_query: {
    stub: nothing,
    ask: async ({ connection }, [sql]) =>
      (await connection.describe(textOf(sql))).map((column) => new ColumnValue(connection.type, column)),
  },
  check_schema_exists: {
    stub: no,
    ask: async (scope, [database, schema]) => {
      const wanted = textOf(schema).toLowerCase()
      const known = await scope.connection.schemas(databaseText(scope, database))
      return known.some((name) => name.toLowerCase() === wanted)
    },
  },
  list_schemas: {
    stub: nothing,
    ask: async (scope, [database]) => [...(await scope.connection.schemas(databaseText(scope, database)))],
  },
  create_schema: macroQuestion('create_schema'),
  drop_schema: macroQuestion('drop_schema'),
  drop_relation: macroQuestion('drop_relation'),
  truncate_relation: macroQuestion('truncate_relation'),
  rename_relation: macroQuestion('rename_relation'),
  alter_column_type: macroQuestion('alter_column_type'),
  expand_target_column_types: {
    stub: none,
    ask: async (scope, args, kwargs) => {
      const parameters = ['from_relation', 'to_relation']
      const [from, to] = bindArguments('expand_target_column_types', parameters, 2, args, kwargs)
      // DuckDB's texts have no length.
      if (scope.connection.type === 'duckdb') return null
      const wanted = await columnsIn(scope, [from])
      const given = await columnsIn(scope, [to])
      for (const column of given) {
        const larger = wanted.find((other) => other.column.name === column.column.name)
        if (!larger || !column.canExpandTo(larger)) continue
        const type = `character varying(${larger.textSize})`
        await scope.call('alter_column_type', [to, column.column.name, type])
      }
      return null
    },
  },
  valid_snapshot_target: { stub: none, ask: (scope, args) => requireSnapshot(scope, args, false) },
  assert_valid_snapshot_target_given_strategy: {
    stub: none,
    ask: (scope, args) => {
      const strategy = args[2]
      const isMarked = strategy instanceof PyDict && strategy.get('hard_deletes') === 'new_record'
      return requireSnapshot(scope, args, isMarked)
    },
  },
  location_exists: {
    stub: no,
    ask: async ({ connection }, [location]) => {
      const { rows } = await connection.execute(
        `select count(*) as files from glob('${textOf(location).replaceAll("'", "''")}')`,
      )
      return rows[0]?.[0] !== 0
    },
  },
}

/** A method that dbt leaves to a macro, which a project may replace. */
function macroQuestion(name: string): Question {
  return { stub: none, ask: (scope, args, kwargs) => scope.call(name, args, kwargs).then(none) }
}

async function columnsIn(scope: Asking, [relation]: readonly unknown[], kwargs: Kwargs = {}) {
  const given = relationArgument('adapter.get_columns_in_relation', relation ?? kwargs['relation'])
  const columns = await scope.connection.columns(placeOf(given))
  return columns.map((column) => new ColumnValue(scope.connection.type, column))
}

async function listRelations(scope: Asking, args: readonly unknown[], kwargs: Kwargs): Promise<unknown> {
  const [first, second] = args
  const relation = first ?? kwargs['schema_relation'] ?? kwargs['database']
  const [database, schema] =
    relation instanceof RelationValue
      ? [relation.facts.path.database, relation.facts.path.schema]
      : [relation, second ?? kwargs['schema']]
  const known = await scope.connection.relations(databaseText(scope, database), textOf(schema))
  return known.map((found) => relationValue(scope, found))
}

/** Throws WW1212 when a table lacks the columns by which snapshots keep their history. */
async function requireSnapshot(
  scope: Asking,
  [relation, columnNames]: readonly unknown[],
  isMarked: boolean,
): Promise<null> {
  const columns = await columnsIn(scope, [relation])
  const present = new Set(columns.map(({ column }) => column.name.toLowerCase()))
  const needed = ['dbt_scd_id', 'dbt_valid_from', 'dbt_valid_to', ...(isMarked ? ['dbt_is_deleted'] : [])]
  const named = needed.map((name) =>
    columnNames instanceof PyDict && columnNames.has(name) ? textOf(columnNames.get(name)) : name,
  )
  const missing = named.filter((name) => !present.has(name.toLowerCase()))
  if (missing.length === 0) return null
  throw new WaterworksError('WW1212', {
    message: `The table of this snapshot is not one: it has no column ${missing.join(', ')}.`,
    hint: 'Give the snapshot a name of its own, or drop the table.',
  })
}

function relationValue({ connection, settings }: Asking, found: CatalogRelation): RelationValue {
  const { database, schema, identifier, type } = found
  return new RelationValue({
    engine: connection.type,
    path: { database, schema, identifier },
    type,
    quote: { ...everyPart, ...settings.quoting },
    include: everyPart,
  })
}

function tableOf(
  { rendering }: ContextScope,
  columns: ConstructorParameters<typeof AgateTable>[0],
  rows: ConstructorParameters<typeof AgateTable>[1],
): AgateTable {
  return new AgateTable(columns, rows, (text) => rendering.log(text, 'info'))
}

function emptyTable(scope: ContextScope): AgateTable {
  return tableOf(scope, [], [])
}

function databaseText({ connection }: Asking, database: unknown): string {
  return isGiven(database) && textOf(database) !== '' ? textOf(database) : connection.database
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

function scalarOf(value: unknown): Scalar {
  // As text, 27.0 would be none of an integer column's values; as a number it is.
  if (value instanceof DecimalValue && !value.hasFraction()) return value.toText().replace(/\.0+$/, '')
  const given = toHost(value)
  if (given === null || given === undefined) return null
  if (['string', 'number', 'bigint', 'boolean'].includes(typeof given)) return given as Scalar
  return textOf(value)
}
