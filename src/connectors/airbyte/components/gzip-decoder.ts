import { gunzipSync } from 'node:zlib'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { HttpResponse } from '../../http/http-message.ts'
import type { ComponentType } from '../builder.ts'

/** A compressed file; one that the transport decompressed already is taken as it is. */
export const gzipDecoder: ComponentType<'decoder'> = {
  type: 'GzipDecoder',
  make(definition, builder) {
    const inner = builder.make('decoder', definition.child('decoder'))
    return {
      decode(response) {
        const { status, url, headers, body } = response
        const isGzip = body[0] === 0x1f && body[1] === 0x8b
        return inner.decode(isGzip ? new HttpResponse(status, url, headers, unpacked(body)) : response)
      },
    }
  },
}

function unpacked(body: Buffer): Buffer {
  try {
    return gunzipSync(body)
  } catch (cause) {
    throw new WaterworksError('WW4413', { message: 'the compressed answer is damaged', cause })
  }
}
