import type { ComponentType } from '../builder.ts'
import { requestScope } from '../stream-slice.ts'

/** Records of which a condition holds. */
export const recordFilter: ComponentType<'record filter'> = {
  type: 'RecordFilter',
  make(definition) {
    const condition = definition.condition('condition')
    return {
      accepts: (record, slice, token) =>
        condition === undefined ? false : condition.isMet({ ...requestScope(slice, token), record }),
    }
  },
}
