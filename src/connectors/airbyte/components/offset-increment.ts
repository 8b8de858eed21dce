import type { ComponentType } from '../builder.ts'
import { firstValue } from '../first-value.ts'
import { jsonDecoder } from './json-decoder.ts'

/** Pages by the number of records before them, to the first that is not full. */
export const offsetIncrement: ComponentType<'pagination strategy'> = {
  type: 'OffsetIncrement',
  make(definition, builder) {
    const size = definition.optionalExpression('page_size')
    const decoder = builder.decoder ?? jsonDecoder.make(definition, builder)
    const dependsOnResponse = size !== undefined && /\bresponse\b/.test(size.source)
    const sizeOf = (response: unknown): number | undefined => {
      const value = size?.json({ response })
      if (value === undefined) return undefined
      if (typeof value !== 'number') throw definition.problem('"page_size" must be a whole number')
      return value
    }
    return {
      initialToken: definition.boolean('inject_on_first_request') ? 0 : undefined,
      get pageSize() {
        return dependsOnResponse ? undefined : sizeOf({})
      },
      async next({ response, extracted, token }) {
        const pageSize = sizeOf(dependsOnResponse ? await firstValue(decoder.decode(response)) : {})
        if (extracted === 0 || (pageSize !== undefined && pageSize > 0 && extracted < pageSize))
          return undefined
        return (typeof token === 'number' ? token : 0) + extracted
      },
    }
  },
}
