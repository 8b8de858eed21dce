import type { Row } from '../../engines/engine.ts'
import type { CatalogColumnEntry, CatalogTable } from '../artifacts/catalog-artifact.ts'
import type { Manifest } from '../manifest/manifest.ts'

export interface SchemaPlace {
  readonly database: string
  readonly schema: string
}

/** A statement and the values of its parameters. */
export interface CatalogQuery {
  readonly sql: string
  readonly params: readonly string[]
}

/** The schemas that a manifest's relations and sources are in: those whose tables a catalogue is made of. */
export function schemasInUse(manifest: Manifest): readonly SchemaPlace[] {
  const relations = Object.values(manifest.nodes).filter((node) => node.relation_name !== null)
  const places = [...relations, ...Object.values(manifest.sources)].map(({ database, schema }) => ({
    database,
    schema,
  }))
  const known = new Map(places.map((place) => [`${place.database}\0${place.schema}`.toLowerCase(), place]))
  return [...known.values()]
}

/**
 * A query for the tables and views of these schemas, a row for each column. Undefined when there are no schemas. On
 * Postgres only those of the database that is connected to can be seen.
 */
export function catalogQuery(
  type: 'duckdb' | 'postgres',
  places: readonly SchemaPlace[],
): CatalogQuery | undefined {
  if (places.length === 0) return undefined
  const params = places.flatMap(({ database, schema }) => [database, schema])
  const pairs = places.map((_, index) => `(lower($${2 * index + 1}), lower($${2 * index + 2}))`).join(', ')
  return { sql: type === 'duckdb' ? duckDbSql(pairs) : postgresSql(pairs), params }
}

/** The tables that the rows of a catalogue query tell of, in their order. */
export function catalogTables(rows: readonly Row[]): readonly CatalogTable[] {
  const tables = new Map<string, CatalogTable & { readonly columns: CatalogColumnEntry[] }>()
  for (const row of rows) {
    const [database, schema, name] = [text(row, 'database'), text(row, 'schema'), text(row, 'name')]
    const key = JSON.stringify([database, schema, name])
    let table = tables.get(key)
    if (table === undefined) {
      const [comment, owner] = [textOrNull(row, 'comment'), textOrNull(row, 'owner')]
      table = { database, schema, name, type: text(row, 'type'), comment, owner, columns: [] }
      tables.set(key, table)
    }
    table.columns.push({
      name: text(row, 'column_name'),
      type: text(row, 'column_type'),
      index: Number(row['column_index']),
      comment: textOrNull(row, 'column_comment'),
    })
  }
  return [...tables.values()]
}

function duckDbSql(pairs: string): string {
  return `with relations as (
  select database_name, schema_name, table_name, 'BASE TABLE' as kind, comment from duckdb_tables()
  union all
  select database_name, schema_name, view_name, 'VIEW', comment from duckdb_views()
)
select relations.database_name as database, relations.schema_name as schema, relations.table_name as name,
  relations.kind as type, relations.comment as comment, null as owner, columns.column_name as column_name,
  columns.column_index as column_index, columns.data_type as column_type, columns.comment as column_comment
from relations
join duckdb_columns() as columns
  on columns.database_name = relations.database_name
  and columns.schema_name = relations.schema_name
  and columns.table_name = relations.table_name
where (lower(relations.database_name), lower(relations.schema_name)) in (${pairs})
order by schema, name, column_index`
}

function postgresSql(pairs: string): string {
  return `select current_database() as database, n.nspname as schema, c.relname as name,
  case c.relkind when 'v' then 'VIEW' when 'm' then 'MATERIALIZED VIEW' else 'BASE TABLE' end as type,
  obj_description(c.oid, 'pg_class') as comment, pg_get_userbyid(c.relowner) as owner, a.attname as column_name,
  a.attnum as column_index, format_type(a.atttypid, a.atttypmod) as column_type,
  col_description(c.oid, a.attnum) as column_comment
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relkind in ('r', 'v', 'f', 'p', 'm') and c.relpersistence in ('p', 'u')
  and (lower(current_database()), lower(n.nspname)) in (${pairs})
order by n.nspname, c.relname, a.attnum`
}

function text(row: Row, column: string): string {
  return String(row[column])
}

function textOrNull(row: Row, column: string): string | null {
  const value = row[column]
  return value === null || value === undefined ? null : String(value)
}
