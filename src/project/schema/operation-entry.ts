import { z } from 'zod'
import { scalar, text, texts } from './fields.ts'

const columns = z.union([texts, z.strictObject({ columns: texts })])

/** Operations that work without arguments. */
export const BARE_OPERATIONS = ['dedupe', 'trim'] as const

/** Operations of the template that the platform does not have yet. */
export const LATER_OPERATIONS = ['lookup', 'currency', 'rollup', 'pivot', 'window'] as const

/** One operation with its arguments, under its name. */
export const operationMapping = z
  .strictObject({
    trim: columns
      .optional()
      .describe('Takes white space off both ends of texts; `all` for every text column.'),
    lower: columns.optional().describe('Texts in lower case.'),
    upper: columns.optional().describe('Texts in upper case.'),
    null_if: z
      .strictObject({
        columns: texts.optional().describe('The columns; every text column unless given.'),
        values: z.array(z.string()).min(1, 'must not be empty'),
      })
      .optional()
      .describe('These texts become NULL.'),
    fill: z.record(text, scalar).optional().describe('A value for NULL, by column.'),
    cast: z
      .record(text, text)
      .optional()
      .describe('A type by column; rows whose value cannot be read as the type are rejected.'),
    rename: z.record(text, text).optional().describe('New names by old name.'),
    drop: columns.optional().describe('Columns to leave out.'),
    derive: z
      .strictObject({ column: text, expression: text })
      .optional()
      .describe('A new or replaced column from an SQL expression over the row.'),
    map: z
      .strictObject({ column: text, values: z.record(z.string(), scalar) })
      .optional()
      .describe('Codes to standard codes; a value without an entry stays.'),
    filter: z
      .union([text, z.strictObject({ expression: text })])
      .optional()
      .describe('Rows for which the SQL expression is not true are left out, and counted.'),
    dedupe: z
      .union([texts, z.strictObject({ keys: texts.optional(), latest_by: text.optional() })])
      .optional()
      .describe('One row per key stays: the greatest by latest_by, else the last in source order.'),
    ...Object.fromEntries(
      LATER_OPERATIONS.map((name) => [name, z.unknown().optional().describe('Not yet.')]),
    ),
  })
  .meta({ title: 'Operation' })

export const operationEntry = z.union([text, operationMapping])

export type OperationEntry = z.infer<typeof operationEntry>
