import { z } from 'zod'
import { bound, count, scalar, text, texts } from './fields.ts'

const settings = {
  name: text
    .optional()
    .describe('What the check is called in results; made from the rule and column unless given.'),
  severity: z
    .enum(['error', 'warn'])
    .optional()
    .describe('error (the default) stops publishing; warn is shown only.'),
  where: text.optional().describe('An SQL condition: only rows for which it is true are judged.'),
  on_failure: z
    .enum(['reject', 'hold', 'warn'])
    .optional()
    .describe(
      'Before the load, for checks of single rows: reject the failing rows, hold the whole load, or warn.',
    ),
}

const column = text.describe('The column to judge.')

/** One entry of `pre_load` or `post_load`: exactly one rule; settings stand beside it or among its arguments. */
export const checkEntry = z
  .strictObject({
    not_null: z
      .union([text, z.array(text), z.strictObject({ column: texts, ...settings })])
      .optional()
      .describe('These columns always have a value.'),
    unique: z
      .union([text, z.array(text), z.strictObject({ columns: texts, ...settings })])
      .optional()
      .describe('No two rows share the values of these columns.'),
    accepted_values: z
      .strictObject({ column, values: z.array(scalar).min(1, 'must not be empty'), ...settings })
      .optional()
      .describe('The column has one of these values.'),
    accepted_range: z
      .strictObject({
        column,
        min: bound.optional(),
        max: bound.optional(),
        inclusive: z
          .boolean()
          .optional()
          .describe('Whether the bounds themselves are accepted; true unless said.'),
        ...settings,
      })
      .optional()
      .describe('The column lies between min and max.'),
    matches: z
      .strictObject({ column, pattern: text.describe('A regular expression.'), ...settings })
      .optional()
      .describe('The column matches a regular expression.'),
    expression: z
      .union([text, z.strictObject({ expression: text, ...settings })])
      .optional()
      .describe('An SQL expression that is true (or NULL) for every row.'),
    row_count: z
      .strictObject({ min: count.optional(), max: count.optional(), ...settings })
      .optional()
      .describe('The number of rows lies between min and max.'),
    recency: z
      .strictObject({ column, hours: z.number().gt(0, 'must be more than 0'), ...settings })
      .optional()
      .describe('The newest value of the column is at most this many hours old.'),
    relationships: z
      .strictObject({
        column,
        to: text.describe("A table as schema.table, or source('name', 'table')."),
        field: text.describe('The column of that table.'),
        ...settings,
      })
      .optional()
      .describe('Every value of the column exists in another table.'),
    ...settings,
  })
  .meta({ title: 'Check' })

export type CheckEntry = z.infer<typeof checkEntry>
