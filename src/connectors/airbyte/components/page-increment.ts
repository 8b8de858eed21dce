import type { ComponentType } from '../builder.ts'

/** Pages by number, to the first that is not full. */
export const pageIncrement: ComponentType<'pagination strategy'> = {
  type: 'PageIncrement',
  make(definition) {
    const pageSize = definition.integer('page_size')
    const first = definition.integer('start_from_page') ?? 0
    return {
      initialToken: definition.boolean('inject_on_first_request') ? first : undefined,
      pageSize,
      async next({ extracted, token }) {
        if (extracted === 0 || (pageSize !== undefined && pageSize > 0 && extracted < pageSize))
          return undefined
        return typeof token === 'number' ? token + 1 : first + 1
      },
    }
  },
}
