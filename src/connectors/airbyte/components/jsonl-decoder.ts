import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { BodySpool } from '../../http/body-spool.ts'
import { parseJson } from '../../records/parse-json.ts'
import type { ComponentType } from '../builder.ts'
import { textPieces } from '../decoders/text-pieces.ts'

/** A value of JSON a line. */
export const jsonlDecoder: ComponentType<'decoder'> = {
  type: 'JsonlDecoder',
  make: () => ({
    *decode(response) {
      let number = 0
      for (const line of linesOf(response.content)) {
        number++
        if (line.trim() === '') continue
        try {
          yield parseJson(line)
        } catch {
          throw new WaterworksError('WW4413', { message: `line ${number} of the answer is not JSON` })
        }
      }
    },
  }),
}

function* linesOf(content: BodySpool): Generator<string> {
  let rest = ''
  for (const piece of textPieces(content)) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  yield rest
}
