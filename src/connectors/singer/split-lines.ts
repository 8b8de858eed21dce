import { WaterworksError } from '../../errors/waterworks-error.ts'

const LINE_FEED = 0x0a

/**
 * The lines of a stream of bytes, empty ones left out, without their ends; what follows the last line's end is returned.
 * Throws WW4504 for a line of more than `longest` bytes.
 */
export async function* splitLines(
  chunks: AsyncIterable<Buffer>,
  longest: number,
): AsyncGenerator<string, string, undefined> {
  let parts: Buffer[] = []
  let held = 0
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      const line = text([...parts, chunk.subarray(start, end)])
      parts = []
      held = 0
      start = end + 1
      if (line !== '') yield line
    }
    if (start < chunk.length) {
      parts.push(chunk.subarray(start))
      held += chunk.length - start
    }
    if (held > longest) throw new WaterworksError('WW4504', { message: 'a line of the tap does not end' })
  }
  return text(parts)
}

function text(parts: readonly Buffer[]): string {
  const [only] = parts
  return (parts.length === 1 && only !== undefined ? only : Buffer.concat(parts)).toString('utf8').trim()
}
