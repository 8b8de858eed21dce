import type { Json } from '../../../api-manifest/json.ts'
import type { HttpResponse } from '../../http/http-message.ts'
import { HttpResponse as Response } from '../../http/http-message.ts'
import type { ComponentType } from '../builder.ts'
import { zipEntries } from '../decoders/zip-entries.ts'
import type { Decoder } from '../roles/roles.ts'

/** Every file of a ZIP archive, one after another. */
export const zipfileDecoder: ComponentType<'decoder'> = {
  type: 'ZipfileDecoder',
  make(definition, builder) {
    const inner = builder.make('decoder', definition.child('decoder'))
    return { decode: (response) => decodeEntries(response, inner) }
  },
}

async function* decodeEntries(
  { status, url, headers, body }: HttpResponse,
  inner: Decoder,
): AsyncGenerator<Json> {
  for (const entry of zipEntries(body)) yield* inner.decode(new Response(status, url, headers, entry))
}
