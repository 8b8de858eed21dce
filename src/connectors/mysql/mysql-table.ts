import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { TablePattern } from '../../project/pipeline.ts'
import type { SourceColumn, SourceTable } from '../tables/source-table.ts'
import type { TableClient } from '../tables/table-client.ts'

export interface MysqlColumn extends SourceColumn {
  /** The type's name alone, in small letters: `int` of `int(11) unsigned`. */
  readonly typeWord: string
  readonly isUnsigned: boolean
  /** Digits of numbers, and those behind the point. */
  readonly precision: number
  readonly scale: number
  /** Whether the server checks that each value is JSON, for MariaDB has it as text. */
  readonly isJson: boolean
}

export interface MysqlTable extends SourceTable {
  readonly columns: readonly MysqlColumn[]
}

const SYSTEM = `('mysql', 'information_schema', 'performance_schema', 'sys')`
/** MariaDB's own word for tables that keep their history; sequences are no tables. */
const RELATIONS = `table_type in ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')`

/** Tables and views that the user may see, but those of the system. Partitions are no tables here. */
export async function listTables(client: TableClient): Promise<readonly TablePattern[]> {
  const rows = await client.rows(
    `select table_schema, table_name from information_schema.tables
     where table_schema not in ${SYSTEM} and ${RELATIONS} order by 1, 2`,
  )
  return rows.map(([schema, name]) => ({ schema: schema!, name: name! }))
}

/** A table by name. Throws WW4203 when there is none that the user may see. */
export async function readTable(client: TableClient, { schema, name }: TablePattern): Promise<MysqlTable> {
  const [found] = await client.rows(
    `select cast(table_type as char), cast(coalesce(table_rows, 0) as char) from information_schema.tables
     where table_schema = ? and table_name = ? and ${RELATIONS}`,
    [schema, name],
  )
  if (found === undefined) {
    throw new WaterworksError('WW4203', {
      message: `there is no table ${schema}.${name} at the source that its user may read`,
      hint: `Grant what is there: GRANT SELECT ON \`${schema}\`.\`${name}\` TO …`,
    })
  }
  const [type, rows] = found
  return {
    schema,
    name,
    isStored: type !== 'VIEW',
    columns: await readColumns(client, schema, name),
    key: await readKey(client, schema, name),
    rows: Number(rows),
  }
}

/** Columns that the server hides from `select *` are left out. */
async function readColumns(
  client: TableClient,
  schema: string,
  name: string,
): Promise<readonly MysqlColumn[]> {
  const checked = await jsonColumns(client, schema, name)
  const rows = await client.rows(
    `select column_name, column_type, data_type, is_nullable,
       cast(coalesce(numeric_precision, 0) as char), cast(coalesce(numeric_scale, 0) as char)
     from information_schema.columns
     where table_schema = ? and table_name = ? and extra not like '%INVISIBLE%' order by ordinal_position`,
    [schema, name],
  )
  return rows.map(([column, typeName, typeWord, nullable, precision, scale]) => ({
    name: column!,
    typeName: typeName!,
    typeWord: typeWord!.toLowerCase(),
    isUnsigned: / unsigned\b/i.test(typeName!),
    precision: Number(precision),
    scale: Number(scale),
    notNull: nullable === 'NO',
    isJson: typeWord!.toLowerCase() === 'json' || checked.has(column!),
  }))
}

/** MariaDB declares `json` as a text that a check keeps valid. */
async function jsonColumns(client: TableClient, schema: string, name: string): Promise<ReadonlySet<string>> {
  const [has] = await client.rows(
    `select cast(count(*) as char) from information_schema.columns where table_schema = 'information_schema'
     and lower(table_name) = 'check_constraints' and lower(column_name) = 'table_name'`,
  )
  if (has?.[0] !== '1') return new Set()
  const rows = await client.rows(
    `select cast(check_clause as char) from information_schema.check_constraints
     where constraint_schema = ? and table_name = ?`,
    [schema, name],
  )
  return new Set(
    rows.flatMap(([clause]) => {
      const [, column] = /^json_valid\(`((?:[^`]|``)*)`\)$/.exec(clause ?? '') ?? []
      return column === undefined ? [] : [column.replaceAll('``', '`')]
    }),
  )
}

/** A key over the beginnings of values, or with a column that may be NULL, tells no rows apart. */
async function readKey(client: TableClient, schema: string, name: string): Promise<readonly string[]> {
  const rows = await client.rows(
    `select index_name, column_name from information_schema.statistics
     where table_schema = ? and table_name = ? and non_unique = 0 and index_name in (
       select each_index from (
         select index_name as each_index, count(*) as columns from information_schema.statistics
         where table_schema = ? and table_name = ? and non_unique = 0 group by index_name
         having sum(sub_part is not null or nullable = 'YES' or column_name is null) = 0
         order by index_name <> 'PRIMARY', columns, index_name limit 1) as best)
     order by seq_in_index`,
    [schema, name, schema, name],
  )
  return rows.map(([, column]) => column!)
}
