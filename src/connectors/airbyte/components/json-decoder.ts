import type { Json } from '../../../api-manifest/json.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { HttpResponse } from '../../http/http-message.ts'
import { parseJson } from '../../records/parse-json.ts'
import type { ComponentType } from '../builder.ts'
import { jsonItems } from '../decoders/json-items.ts'

/** A body of JSON: its value, or the items of its list. No body at all is an empty object. */
export const jsonDecoder: ComponentType<'decoder'> = {
  type: 'JsonDecoder',
  make: () => ({
    decode: (response) => jsonValues(response),
    items({ content }, path) {
      return content.isInMemory ? undefined : jsonItems(content.pieces(), path)
    },
  }),
}

/** Throws WW4413 for a body that is not JSON: half an answer must not pass for an empty one. */
export function jsonValues(response: HttpResponse): readonly Json[] {
  const text = response.text.replace(/^\uFEFF/, '')
  if (text.trim() === '') return [{}]
  const value = parse(text, response)
  if (!Array.isArray(value)) return [value]
  return value.length === 0 ? [{}] : value
}

function parse(text: string, response: HttpResponse): Json {
  try {
    return parseJson(text)
  } catch {
    const place = URL.canParse(response.url) ? new URL(response.url).pathname : 'the address'
    throw new WaterworksError('WW4413', { message: `what ${place} answered is not JSON` })
  }
}
