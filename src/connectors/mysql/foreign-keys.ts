import type { TableClient } from '../tables/table-client.ts'
import type { ForeignKey } from '../tables/table-dialect.ts'

/** Foreign keys of one column: the table and column, and those they refer to. */
export async function foreignKeys(client: TableClient): Promise<readonly ForeignKey[]> {
  const rows = await client.rows(
    `select max(concat(table_schema, '.', table_name)), max(column_name),
       max(concat(referenced_table_schema, '.', referenced_table_name)), max(referenced_column_name)
     from information_schema.key_column_usage where referenced_table_name is not null
     group by constraint_schema, table_name, constraint_name having count(*) = 1`,
  )
  return rows.map(([from, own, to, field]) => ({ from: from!, own: own!, to: to!, field: field! }))
}
