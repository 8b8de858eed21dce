import type { ComponentType } from '../builder.ts'
import { jsonItems } from '../decoders/json-items.ts'
import { utf8Pieces } from '../decoders/text-pieces.ts'

/** The items of one list in a document of JSON, one at a time, however large the document is. */
export const jsonItemsDecoder: ComponentType<'decoder'> = {
  type: 'JsonItemsDecoder',
  make(definition) {
    const path = definition.text('items_path').split('.')
    const encoding = definition.optionalText('encoding') ?? 'utf-8'
    return { decode: ({ content }) => jsonItems(utf8Pieces(content, encoding), path) }
  },
}
