import type { ComponentType } from '../builder.ts'
import { textLines } from '../decoders/text-pieces.ts'

/** Each line of the body as `{record: line}`. */
export const iterableDecoder: ComponentType<'decoder'> = {
  type: 'IterableDecoder',
  make: () => ({
    *decode(response) {
      for (const line of textLines(response.content)) yield { record: line }
    },
  }),
}
