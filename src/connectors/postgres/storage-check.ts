import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { TableClient } from '../tables/table-client.ts'
import type { PostgresTable } from './postgres-table.ts'
import { quoteTable } from './source-sql.ts'

/**
 * Makes sure, in the transaction that has just read a table, that its storage is the one of the snapshot. TRUNCATE,
 * rewrites by ALTER TABLE, and detached partitions do not respect snapshots: to one from before them the table looks
 * empty, without an error. The catalogue read as a table is that of the snapshot, its functions answer as of now.
 * Throws WW4205 when the two differ.
 */
export async function checkStorage(client: TableClient, table: PostgresTable): Promise<void> {
  const [row] = await client.rows(
    `with recursive root as (
       select c.oid, c.relkind as kind from pg_catalog.pg_class c
       join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2
     ), own(oid, kind) as (
       select oid, kind from root
       union
       select c.oid, c.relkind from own cross join lateral (
         select i.inhrelid as oid from pg_catalog.pg_inherits i where i.inhparent = own.oid
         union all
         select d.refobjid from pg_catalog.pg_rewrite r join pg_catalog.pg_depend d
           on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
          and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> own.oid
         where own.kind = 'v' and r.ev_class = own.oid
       ) as below join pg_catalog.pg_class c on c.oid = below.oid
     )
     select not exists (select from own join pg_catalog.pg_class c on c.oid = own.oid where c.relkind in ('r', 'm')
                          and pg_relation_filenode(c.oid) is distinct from nullif(c.relfilenode, 0))
       and to_regclass($3)::oid is not distinct from (select oid from root)
       and ($4 <> 'p' or (select count(*) from own) = (select count(*) from pg_partition_tree(to_regclass($3))))`,
    [table.schema, table.name, quoteTable(table), table.letter],
  )
  if (row?.[0] === 't') return
  throw new WaterworksError('WW4205', {
    message: `${table.schema}.${table.name} was truncated, rewritten or replaced while it was read`,
  })
}
