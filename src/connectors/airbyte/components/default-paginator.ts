import { fromHost } from '../../../jinja/values/convert.ts'
import { textOf } from '../../../jinja/values/text.ts'
import type { ComponentType } from '../builder.ts'
import { mergeParts } from '../roles/merge-parts.ts'
import { partsOf } from '../roles/request-parts.ts'

/** Asks for page after page by a token, and says how large they are to be. */
export const defaultPaginator: ComponentType<'paginator'> = {
  type: 'DefaultPaginator',
  make(definition, builder) {
    const strategy = builder.make('pagination strategy', definition.child('pagination_strategy'))
    const sizeOption = definition.optionalChild('page_size_option')
    const size = sizeOption && builder.make('request option', sizeOption)
    if (size !== undefined && strategy.pageSize === undefined) {
      throw definition.problem('it has a "page_size_option", and its strategy no "page_size"')
    }
    const tokenOption = definition.optionalChild('page_token_option')
    const isPath = tokenOption?.type === 'RequestPath'
    const place =
      tokenOption === undefined || isPath ? undefined : builder.make('request option', tokenOption)
    const { stream } = builder
    return {
      initialToken: strategy.initialToken,
      async next(page) {
        // Records come newest first: behind one that is known there are no new ones.
        const isKnown =
          stream?.isDataFeed === true &&
          page.lastRecord !== undefined &&
          !stream.cursor.isWanted(page.lastRecord, page.slice)
        return isKnown ? undefined : strategy.next(page)
      },
      path: (token) => (isPath && token !== undefined ? textOf(fromHost(token)) : undefined),
      parts: (token) => mergeParts([partsOf(place, token), partsOf(size, strategy.pageSize)]),
    }
  },
}
