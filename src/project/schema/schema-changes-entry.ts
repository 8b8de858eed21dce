import { z } from 'zod'
import { CHANGE_MODES, TYPE_MODES } from '../schema-changes.ts'
import { identifier } from './fields.ts'

const mode = z.enum(CHANGE_MODES)

const modes = {
  tables: mode
    .optional()
    .describe(
      'A table that the pipeline does not name and that was not there before: that of a list, or one that a pattern of tables matches. evolve (make it) unless given; of a pattern every other word holds it.',
    ),
  columns: mode
    .optional()
    .describe('A column that the table does not have; evolve (add it, NULL in older rows) unless given.'),
  types: z
    .enum(TYPE_MODES)
    .optional()
    .describe(
      'Values that the type of their column cannot hold; freeze unless given. evolve gives the column a wider type where there is one, else it rejects; so do text, which makes it text else, and variant, which puts the value into a text column beside it, as amount__v_text.',
    ),
  removed: z
    .enum(['evolve', 'freeze'])
    .optional()
    .describe('A column that no longer arrives; freeze unless given, evolve leaves it, NULL in new rows.'),
}

const policy = z.union([mode, z.strictObject(modes)])

/** What to do when what arrives differs from a table: one word, or a word for each case. */
export const schemaChanges = policy

/** As `schemaChanges`, and for streams with their own. */
export const schemaChangesByStream = z.union([
  mode,
  z.strictObject({
    ...modes,
    streams: z
      .record(identifier, policy)
      .optional()
      .describe(
        'Streams with their own, by table, and tables of lists, as orders__items; what they do not say is as said for all.',
      ),
  }),
])

export type SchemaChangesEntry = z.infer<typeof schemaChangesByStream>
