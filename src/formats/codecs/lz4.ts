import { CodecDefect } from './codec-defect.ts'

/** The content of an LZ4 block (https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md), of at most `most` bytes. Throws CodecDefect. */
export function unlz4(block: Buffer, most: number): Buffer {
  const content = Buffer.allocUnsafe(most)
  let at = 0
  let to = 0
  const length = (first: number): number => {
    let total = first
    if (first < 15) return total
    for (;;) {
      const byte = block[at++]
      if (byte === undefined) throw new CodecDefect('an lz4 block that is cut')
      total += byte
      if (byte < 255) return total
    }
  }
  while (at < block.length) {
    const token = block[at++]!
    const literals = length(token >> 4)
    if (at + literals > block.length || to + literals > most) throw new CodecDefect('a damaged lz4 block')
    block.copy(content, to, at, at + literals)
    at += literals
    to += literals
    if (at >= block.length) break
    if (at + 2 > block.length) throw new CodecDefect('an lz4 block that is cut')
    const offset = block.readUInt16LE(at)
    at += 2
    const match = length(token & 15) + 4
    if (offset === 0 || offset > to || to + match > most) throw new CodecDefect('a damaged lz4 block')
    for (const end = to + match; to < end; to++) content[to] = content[to - offset]!
  }
  return content.subarray(0, to)
}
