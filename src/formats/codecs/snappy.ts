import { CodecDefect } from './codec-defect.ts'

/**
 * The content of a Snappy block (https://github.com/google/snappy/blob/main/format_description.txt). Throws CodecDefect when it is not
 * one, or is longer than `most` bytes.
 */
export function unsnappy(block: Buffer, most: number): Buffer {
  let at = 0
  let size = 0
  for (let shift = 0; ; shift += 7) {
    const byte = block[at++]
    if (byte === undefined || shift > 28) throw new CodecDefect('a snappy block without its length')
    size += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) break
  }
  if (size > most) throw new CodecDefect('a snappy block that is too long')
  const content = Buffer.allocUnsafe(size)
  let to = 0
  while (at < block.length) {
    const tag = block[at++]!
    const kind = tag & 3
    if (kind === 0) {
      let length = (tag >> 2) + 1
      if (length > 60) {
        const bytes = length - 60
        if (at + bytes > block.length) throw new CodecDefect('a snappy block that is cut')
        length = block.readUIntLE(at, bytes) + 1
        at += bytes
      }
      if (at + length > block.length || to + length > size) throw new CodecDefect('a damaged snappy block')
      block.copy(content, to, at, at + length)
      at += length
      to += length
      continue
    }
    const extra = kind === 3 ? 4 : kind
    if (at + extra > block.length) throw new CodecDefect('a snappy block that is cut')
    const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1
    const offset = kind === 1 ? ((tag >> 5) << 8) | block[at]! : block.readUIntLE(at, extra)
    at += extra
    if (offset === 0 || offset > to || to + length > size) throw new CodecDefect('a damaged snappy block')
    for (const end = to + length; to < end; to++) content[to] = content[to - offset]!
  }
  if (to !== size) throw new CodecDefect('a snappy block that is shorter than it says')
  return content
}
