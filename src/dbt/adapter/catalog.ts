import type { Scalar } from '../../engines/dialect.ts'
import type { Executor, Row } from '../../engines/engine.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { CatalogColumn, CatalogRelation, RelationPlace } from './adapter-connection.ts'

/** As much of an executor as listing relations needs. */
export interface CatalogReader {
  rows(sql: string, params?: readonly Scalar[]): Promise<readonly Row[]>
}

/** How an engine is asked for what it holds. */
export interface Catalog {
  relations(executor: CatalogReader, database: string, schema: string): Promise<readonly CatalogRelation[]>
  columns(executor: Executor, relation: RelationPlace): Promise<readonly CatalogColumn[]>
  schemas(executor: Executor, database: string): Promise<readonly string[]>
  describe(executor: Executor, sql: string): Promise<readonly CatalogColumn[]>
}

/** The catalog of an engine. */
export function catalogOf(type: 'duckdb' | 'postgres'): Catalog {
  return type === 'duckdb' ? duckDbCatalog : postgresCatalog
}

const duckDbCatalog: Catalog = {
  async relations(executor, database, schema) {
    const rows = await executor.rows(
      `select table_schema, table_name, table_type from system.information_schema.tables
       where lower(table_catalog) = lower($1) and lower(table_schema) = lower($2)`,
      [database, schema],
    )
    return rows.map((row) => relationOf(row, database))
  },
  async columns(executor, { database, schema, identifier }) {
    // A view that no longer fits what it reads has no columns to tell, and says so.
    const name = [database, schema, identifier].filter((part) => part !== null && part !== undefined)
    try {
      return (await executor.rows(`describe ${name.map(quoted).join('.')}`)).map(describedColumn)
    } catch (error) {
      if (error instanceof WaterworksError && /Catalog Error: .* does not exist/.test(error.message))
        return []
      throw error
    }
  },
  async schemas(executor, database) {
    const rows = await executor.rows(
      'select schema_name from system.information_schema.schemata where lower(catalog_name) = lower($1)',
      [database],
    )
    return rows.map((row) => String(row['schema_name']))
  },
  async describe(executor, sql) {
    return (await executor.rows(`describe (${sql}\n)`)).map(describedColumn)
  },
}

const postgresCatalog: Catalog = {
  async relations(executor, database, schema) {
    const rows = await executor.rows(
      `select n.nspname as table_schema, c.relname as table_name,
         case c.relkind when 'v' then 'VIEW' when 'm' then 'MATERIALIZED VIEW' else 'BASE TABLE' end as table_type
       from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'f', 'v', 'm') and lower(n.nspname) = lower($1)`,
      [schema],
    )
    return rows.map((row) => relationOf(row, database))
  },
  async columns(executor, { schema, identifier }) {
    const rows = await executor.rows(
      `select a.attname as name, format_type(a.atttypid, null) as type, a.atttypmod as modifier, t.typname as short
       from pg_catalog.pg_attribute a
       join pg_catalog.pg_class c on c.oid = a.attrelid
       join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       join pg_catalog.pg_type t on t.oid = a.atttypid
       where a.attnum > 0 and not a.attisdropped and c.relname = $1
         and (n.nspname = $2 or ($2 is null and pg_catalog.pg_table_is_visible(c.oid)))
       order by a.attnum`,
      [identifier, schema ?? null],
    )
    return rows.map(postgresColumn)
  },
  async schemas(executor) {
    const rows = await executor.rows('select distinct nspname as name from pg_catalog.pg_namespace')
    return rows.map((row) => String(row['name']))
  },
  async describe(executor, sql) {
    const { columns } = await executor.run(`select * from (${sql}\n) as described limit 0`)
    return columns.map(({ name, typeName }) => ({ name, dataType: typeName }))
  },
}

const types: Readonly<Record<string, CatalogRelation['type']>> = {
  VIEW: 'view',
  'MATERIALIZED VIEW': 'materialized_view',
}

function relationOf(row: Row, database: string): CatalogRelation {
  return {
    database,
    schema: String(row['table_schema']),
    identifier: String(row['table_name']),
    type: types[String(row['table_type'])] ?? 'table',
  }
}

function describedColumn(row: Row): CatalogColumn {
  return { name: String(row['column_name']), dataType: String(row['column_type']) }
}

/** A type's modifier holds a text's length, or a numeric's digits in the upper half and places in the lower. */
function postgresColumn(row: Row): CatalogColumn {
  const [name, dataType, modifier] = [String(row['name']), String(row['type']), Number(row['modifier'])]
  const given = modifier - 4
  if (modifier < 0) return { name, dataType }
  if (row['short'] === 'numeric') return { name, dataType, precision: given >> 16, scale: given & 0x7ff }
  const isText = row['short'] === 'varchar' || row['short'] === 'bpchar'
  return isText ? { name, dataType, characters: given } : { name, dataType }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
