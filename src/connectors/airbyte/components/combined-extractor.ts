import type { Json } from '../../../api-manifest/json.ts'
import type { HttpResponse } from '../../http/http-message.ts'
import type { ComponentType } from '../builder.ts'
import type { Extractor } from '../roles/roles.ts'

/** What several extractors find, one after another; or what the first one finds that finds anything. */
export const combinedExtractor: ComponentType<'extractor'> = {
  type: 'CombinedExtractor',
  make(definition, builder) {
    const extractors = definition.children('extractors').map((each) => builder.make('extractor', each))
    const mode = definition.optionalText('mode') ?? 'union'
    if (mode !== 'union' && mode !== 'first_match') throw definition.problem(`there is no mode "${mode}"`)
    const skipsEmpty = definition.boolean('skip_empty_records')
    return {
      async *extract(response) {
        for (const extractor of extractors) {
          let hasFound = false
          for await (const record of found(extractor, response)) {
            hasFound = true
            yield record
          }
          if (hasFound && mode === 'first_match') return
        }
      },
    }

    async function* found(extractor: Extractor, response: HttpResponse): AsyncGenerator<Json> {
      for await (const record of extractor.extract(response)) {
        if (!skipsEmpty || !isEmpty(record)) yield record
      }
    }
  },
}

/** As Python has it: nothing, false, zero, or without anything in it. */
function isEmpty(record: Json): boolean {
  return typeof record === 'object' && record !== null ? Object.keys(record).length === 0 : !record
}
