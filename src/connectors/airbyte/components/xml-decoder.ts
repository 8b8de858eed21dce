import type { ComponentType } from '../builder.ts'
import { parseXml } from '../decoders/parse-xml.ts'

/** A document of XML as an object: elements by name, those of one name as a list, attributes as `@name`, text as `#text`. */
export const xmlDecoder: ComponentType<'decoder'> = {
  type: 'XmlDecoder',
  make: () => ({ decode: (response) => [parseXml(response.text)] }),
}
