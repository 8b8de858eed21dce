import type { ComponentType } from '../builder.ts'

/** Each line of the body as `{record: line}`. */
export const iterableDecoder: ComponentType<'decoder'> = {
  type: 'IterableDecoder',
  make: () => ({
    *decode(response) {
      for (const line of response.text.replace(/\r?\n$/, '').split(/\r\n|[\n\r]/)) yield { record: line }
    },
  }),
}
