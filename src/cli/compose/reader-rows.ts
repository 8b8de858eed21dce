import { fromWarehouse } from '../../dbt/adapter/from-warehouse.ts'
import type { AskRows } from '../../dbt/freshness/source-freshness.ts'
import type { Reader } from '../../owner/reader.ts'

/** Asks a reader for rows with values as templates have them. */
export function readerRows(reader: Reader): AskRows {
  return async (sql) => {
    const fields = await reader.fields(sql)
    const rows: (readonly unknown[])[] = []
    for await (const page of reader.query(sql)) {
      for (const row of page.rows) {
        rows.push(row.map((value, index) => fromWarehouse(value, { ...fields[index]!, typeName: '' })))
      }
    }
    return rows
  }
}
