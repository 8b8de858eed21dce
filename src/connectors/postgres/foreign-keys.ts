import type { TableClient } from '../tables/table-client.ts'
import type { ForeignKey } from '../tables/table-dialect.ts'

/** Foreign keys of one column: the table and column, and those they refer to. */
export async function foreignKeys(client: TableClient): Promise<readonly ForeignKey[]> {
  const rows = await client.rows(`
  select fn.nspname || '.' || f.relname, fa.attname::text, tn.nspname || '.' || t.relname, ta.attname::text
  from pg_catalog.pg_constraint k
  join pg_catalog.pg_class f on f.oid = k.conrelid join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace
  join pg_catalog.pg_class t on t.oid = k.confrelid join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
  join pg_catalog.pg_attribute fa on fa.attrelid = f.oid and fa.attnum = k.conkey[1]
  join pg_catalog.pg_attribute ta on ta.attrelid = t.oid and ta.attnum = k.confkey[1]
  where k.contype = 'f' and cardinality(k.conkey) = 1 and k.convalidated`)
  return rows.map(([from, own, to, field]) => ({ from: from!, own: own!, to: to!, field: field! }))
}
