import type { Json } from '../../../api-manifest/json.ts'
import { isTrue } from '../../../jinja/values/size.ts'
import { parseLinks } from '../../http/parse-links.ts'
import type { ComponentType } from '../builder.ts'
import { firstValue } from '../first-value.ts'
import { jsonOf } from '../interpolation/expression.ts'
import { sliceValue } from '../stream-slice.ts'
import { jsonDecoder } from './json-decoder.ts'

/** The next page by a value of this one, until there is none or a condition says so. */
export const cursorPagination: ComponentType<'pagination strategy'> = {
  type: 'CursorPagination',
  make(definition, builder) {
    const value = definition.expression('cursor_value')
    const stop = definition.condition('stop_condition')
    const decoder = builder.decoder ?? jsonDecoder.make(definition, builder)
    const pageSize = definition.integer('page_size')
    return {
      initialToken: undefined,
      pageSize,
      async next({ response, size, lastRecord, slice }): Promise<Json | undefined> {
        const scope = {
          response: await firstValue(decoder.decode(response)),
          headers: { ...response.headers, link: parseLinks(response.header('link')) },
          last_record: lastRecord ?? null,
          last_page_size: size,
          page_size: pageSize ?? null,
          stream_slice: sliceValue(slice),
        }
        if (stop?.isMet(scope) === true) return undefined
        const token = value.value(scope)
        return isTrue(token) ? jsonOf(token) : undefined
      },
    }
  },
}
