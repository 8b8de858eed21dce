import { createGunzip } from 'node:zlib'
import { HttpResponse } from '../../http/http-message.ts'
import type { ComponentType } from '../builder.ts'
import { inflated } from '../decoders/inflated.ts'

/** A compressed file; one that the transport decompressed already is taken as it is. */
export const gzipDecoder: ComponentType<'decoder'> = {
  type: 'GzipDecoder',
  make(definition, builder) {
    const inner = builder.make('decoder', definition.child('decoder'))
    return {
      async *decode(response) {
        const { status, url, headers, content } = response
        const [first, second] = content.read(0, 2)
        if (first !== 0x1f || second !== 0x8b) {
          yield* inner.decode(response)
          return
        }
        const unpacked = await inflated(content.pieces(), createGunzip(), builder.newSpool())
        try {
          yield* inner.decode(new HttpResponse(status, url, headers, unpacked))
        } finally {
          unpacked.release()
        }
      },
    }
  },
}
