import { z } from 'zod'
import { identifier, positive, text, texts } from './fields.ts'
import { personalColumns } from './privacy-entry.ts'

/** One entry of `tables:` with options of its own. */
export const tableEntry = z.strictObject({
  table: text.describe(
    'The table, view or partitioned table at the source: orders, sales.orders. No pattern.',
  ),
  as: identifier.optional().describe("The table that is filled; the source table's name unless given."),
  incremental_key: text.optional().describe('As beside `tables`, for this table alone.'),
  merge_keys: texts.optional().describe('As `load.merge_keys`, for this table alone.'),
  columns: z
    .record(text, text)
    .optional()
    .describe('Types that are declared rather than the mapped ones, by column.'),
  personal: personalColumns,
})

/** What is read of a database, beside `tables:`. */
export const tableOptions = {
  tables: z
    .union([text, z.array(z.union([text, tableEntry])).min(1, 'must not be empty')])
    .optional()
    .describe(
      'Of a database: tables and views as name, schema.name or patterns such as sales.order_*, or entries of table and options.',
    ),
  exclude: texts
    .optional()
    .describe('Tables and patterns that are left out of what the patterns of `tables` match.'),
  chunk_rows: positive
    .optional()
    .describe('About how many rows of a table are read and landed at once; 500000 unless given.'),
  lag: z
    .union([text, z.number().min(0, 'must not be negative')])
    .optional()
    .describe(
      'How far below the watermark an incremental read begins, for rows committed late: "10 minutes" for times, a number for numbers. Merges: 10 minutes or 1000 unless given; else none.',
    ),
  on_null_key: z
    .enum(['raise', 'include', 'exclude'])
    .optional()
    .describe('Rows without an incremental key; raise (fail) unless given, include reads them each time.'),
  reconcile: z
    .strictObject({
      schedule: text.describe('When, as a cron expression: the first run after each time it names.'),
      action: z
        .enum(['delete', 'soft-delete', 'report'])
        .describe(
          'What becomes of rows that the source has no more; soft-delete sets _deleted_at; under scd2, delete ends the current version.',
        ),
    })
    .optional()
    .describe('Compares all keys with those of the source, for an incremental read does not see deletions.'),
}

export type TableEntry = z.infer<typeof tableEntry>
