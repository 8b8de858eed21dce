import { member, put } from '../../../api-manifest/json.ts'
import type { ComponentType } from '../builder.ts'

/** The plumbing of nested partitions, which no record is to have. */
const WITHIN = 'parent_slice'

/**
 * Puts what tells a partition into its records, as it is, where they have no field of that name. It is of the short form
 * alone: templates would read a text of digits as a number.
 */
export const addPartitionFields: ComponentType<'transformation'> = {
  type: 'AddPartitionFields',
  make: () => ({
    transform(record, { partition }) {
      for (const [name, value] of Object.entries(partition)) {
        if (name !== WITHIN && member(record, name) === undefined) put(record, name, value)
      }
    },
  }),
}
