import type { Json } from '../../../api-manifest/json.ts'
import { HttpResponse } from '../../http/http-message.ts'
import type { Builder, ComponentType } from '../builder.ts'
import { zipEntries } from '../decoders/zip-entries.ts'
import type { Decoder } from '../roles/roles.ts'

/** Every file of a ZIP archive, one after another. */
export const zipfileDecoder: ComponentType<'decoder'> = {
  type: 'ZipfileDecoder',
  make(definition, builder) {
    const inner = builder.make('decoder', definition.child('decoder'))
    return { decode: (response) => decodeEntries(response, inner, builder) }
  },
}

async function* decodeEntries(
  { status, url, headers, content }: HttpResponse,
  inner: Decoder,
  builder: Builder,
): AsyncGenerator<Json> {
  for await (const entry of zipEntries(content, () => builder.newSpool())) {
    try {
      yield* inner.decode(new HttpResponse(status, url, headers, entry))
    } finally {
      entry.release()
    }
  }
}
