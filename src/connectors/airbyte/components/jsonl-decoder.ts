import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { parseJson } from '../../records/parse-json.ts'
import type { ComponentType } from '../builder.ts'

/** A value of JSON a line. */
export const jsonlDecoder: ComponentType<'decoder'> = {
  type: 'JsonlDecoder',
  make: () => ({
    *decode(response) {
      for (const [index, line] of response.text.split('\n').entries()) {
        if (line.trim() === '') continue
        try {
          yield parseJson(line)
        } catch {
          throw new WaterworksError('WW4413', { message: `line ${index + 1} of the answer is not JSON` })
        }
      }
    },
  }),
}
