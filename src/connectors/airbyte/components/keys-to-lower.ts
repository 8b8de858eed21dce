import type { ComponentType } from '../builder.ts'
import { replaceRecord } from '../replace-record.ts'

/** The names of a record's own fields in small letters. */
export const keysToLower: ComponentType<'transformation'> = {
  type: 'KeysToLower',
  make: () => ({
    transform(record) {
      const entries = Object.entries(record).map(([key, value]) => [key.toLowerCase(), value])
      replaceRecord(record, Object.fromEntries(entries))
    },
  }),
}
