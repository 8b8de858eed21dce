import { WaterworksError } from '../../errors/waterworks-error.ts'
import { COLUMNS_QUERY } from '../../postgres-protocol/columns-query.ts'
import type { TablePattern } from '../../project/pipeline.ts'
import type { SourceColumn, SourceTable } from '../tables/source-table.ts'
import type { TableClient } from '../tables/table-client.ts'

/** Table, partitioned table, foreign table, view, materialized view. */
export type RelationLetter = 'r' | 'p' | 'f' | 'v' | 'm'

export interface PostgresColumn extends SourceColumn {
  /** Of the type below any domains. */
  readonly typeId: number
  readonly typeModifier: number
}

/** A table, view or partitioned table as the catalogue has it. */
export interface PostgresTable extends SourceTable {
  readonly letter: RelationLetter
  readonly columns: readonly PostgresColumn[]
  /** Pages of its storage, which a plan of chunks goes by. */
  readonly pages: number
}

const RELATIONS = `
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'f', 'v', 'm') and c.relpersistence <> 't'`

/**
 * Tables and views that the role may read, but those of the system, of extensions, and partitions, which are read
 * through their parents.
 */
export async function listTables(client: TableClient): Promise<readonly TablePattern[]> {
  const rows = await client.rows(`
    select n.nspname::text, c.relname::text ${RELATIONS} and not c.relispartition
      and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
      and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
      and not exists (select from pg_catalog.pg_depend d
                      where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1, 2`)
  return rows.map(([schema, name]) => ({ schema: schema!, name: name! }))
}

/** A table by name. Throws WW4203 when there is none that the role may read. */
export async function readTable(client: TableClient, { schema, name }: TablePattern): Promise<PostgresTable> {
  const [found] = await client.rows(
    `select c.oid::text, c.relkind::text, has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select'),
       greatest(c.reltuples, -1)::bigint::text
     ${RELATIONS} and n.nspname = $1 and c.relname = $2`,
    [schema, name],
  )
  const [oid, letter, readable, rows] = found ?? []
  if (oid == null || !isLetter(letter)) {
    throw new WaterworksError('WW4203', { message: `there is no table ${schema}.${name} at the source` })
  }
  if (readable !== 't') {
    throw new WaterworksError('WW4203', {
      message: `the role may not read ${schema}.${name} at the source`,
      hint: `Grant it: GRANT USAGE ON SCHEMA "${schema}" …; GRANT SELECT ON "${schema}"."${name}" …`,
    })
  }
  return {
    schema,
    name,
    letter,
    isStored: letter === 'r' || letter === 'p',
    columns: await readColumns(client, oid),
    key: await readKey(client, oid),
    pages: await countPages(client, oid),
    rows: Number(rows),
  }
}

/** Looks through domains: their values are those of the type below. */
async function readColumns(client: TableClient, oid: string): Promise<readonly PostgresColumn[]> {
  const rows = await client.rows(COLUMNS_QUERY, [oid])
  return rows.map(([name, typeName, , , typeId, typeModifier, notNull]) => ({
    name: name!,
    typeName: typeName!,
    typeId: Number(typeId),
    typeModifier: Number(typeModifier),
    notNull: notNull === 't',
  }))
}

async function readKey(client: TableClient, oid: string): Promise<readonly string[]> {
  const rows = await client.rows(
    `select k.key, a.attname::text
     from (select i.indexrelid as key, i.indisprimary as is_primary, i.indnkeyatts, i.indkey::int2[] as numbers
           from pg_catalog.pg_index i
           where i.indrelid = $1::oid and i.indisunique and i.indisvalid and i.indimmediate
             and i.indpred is null and i.indexprs is null
             and not exists (select from pg_catalog.pg_attribute a where a.attrelid = i.indrelid
                             and a.attnum = any((i.indkey::int2[])[0:i.indnkeyatts - 1]) and not a.attnotnull)
           order by i.indisprimary desc, i.indnkeyatts, i.indexrelid limit 1) as k,
       unnest(k.numbers) with ordinality as u(number, place)
       join pg_catalog.pg_attribute a on a.attrelid = $1::oid and a.attnum = u.number
     where u.place <= k.indnkeyatts order by u.place`,
    [oid],
  )
  return rows.map(([, name]) => name!)
}

/** Of the largest table among those that are read through it. */
async function countPages(client: TableClient, oid: string): Promise<number> {
  const [row] = await client.rows(
    `with recursive own(oid) as (
       select $1::oid union select i.inhrelid from own join pg_catalog.pg_inherits i on i.inhparent = own.oid
     )
     select coalesce(max(pg_relation_size(c.oid) / current_setting('block_size')::int), 0)::text
     from own join pg_catalog.pg_class c on c.oid = own.oid and c.relkind in ('r', 'm')`,
    [oid],
  )
  return Number(row?.[0])
}

function isLetter(value: string | null | undefined): value is RelationLetter {
  return value != null && /^[rpfvm]$/.test(value)
}
