import { z } from 'zod'
import { identifier, positive, text } from './fields.ts'

const as = z.enum(['json', 'columns', 'tables'])

const nesting = {
  as: as
    .optional()
    .describe(
      'json (unless given) keeps nested values as they are; columns makes columns of the members of objects, as address__city; tables does too, and makes a table of each list, as orders__items.',
    ),
  depth: positive.optional().describe('How many levels are taken apart; all unless given.'),
  paths: z
    .record(text, as)
    .optional()
    .describe(
      'In place of `as`, by path, as items or items.discounts, and for all that is below. Models can read tables of lists that are named here.',
    ),
}

/** What becomes of nested values: one word, or a word for each path, and for streams with their own. */
export const nested = z.union([
  as,
  z.strictObject({
    ...nesting,
    streams: z
      .record(identifier, z.union([as, z.strictObject(nesting)]))
      .optional()
      .describe('Streams with their own, by table; of these nothing else here holds.'),
  }),
])

export type NestedEntry = z.infer<typeof nested>
