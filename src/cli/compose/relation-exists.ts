import type { Relation } from '../../engines/relation.ts'
import { type Reader, readRows } from '../../owner/reader.ts'

/** Whether the warehouse has a table or view of that name. */
export async function relationExists(reader: Reader, { schema, name }: Relation): Promise<boolean> {
  const place = schema === undefined ? '' : ' and table_schema = $2'
  const rows = await readRows(
    reader,
    `select 1 as found from information_schema.tables
where table_name = $1${place} and table_catalog = current_database() limit 1`,
    schema === undefined ? [name] : [name, schema],
  )
  return rows.length > 0
}
