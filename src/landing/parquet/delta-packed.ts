const BLOCK = 128
const MINI_BLOCKS = 4
const MINI_BLOCK = BLOCK / MINI_BLOCKS

/**
 * Whole numbers in Parquet's DELTA_BINARY_PACKED: differences, less the smallest of each block, in as few bits as they
 * need. https://github.com/apache/parquet-format/blob/master/Encodings.md#delta-encoding-delta_binary_packed--5
 *
 * @param values lengths, so none is negative
 */
export function deltaPacked(values: Int32Array): Uint8Array {
  const count = values.length
  // The least a block takes is ten bytes, the most a difference takes 32 bits and one.
  const out = new Uint8Array(32 + Math.ceil(count / BLOCK) * (10 + MINI_BLOCKS + BLOCK * 5))
  let at = varint(out, 0, BLOCK)
  at = varint(out, at, MINI_BLOCKS)
  at = varint(out, at, count)
  at = varint(out, at, (values[0] ?? 0) * 2)
  const deltas = new Int32Array(BLOCK)
  for (let start = 1; start < count; start += BLOCK) {
    const size = Math.min(BLOCK, count - start)
    let least = 0x7fff_ffff
    for (let index = 0; index < size; index++) {
      const delta = values[start + index]! - values[start + index - 1]!
      deltas[index] = delta
      if (delta < least) least = delta
    }
    for (let index = 0; index < size; index++) deltas[index] = deltas[index]! - least
    deltas.fill(0, size)
    at = varint(out, at, zigzag(least))
    at = packBlock(out, at, deltas, size)
  }
  return out.subarray(0, at)
}

/** Widths of the miniblocks, then each that has a value in it, filled up with zeros. */
function packBlock(out: Uint8Array, start: number, deltas: Int32Array, size: number): number {
  let at = start + MINI_BLOCKS
  for (let mini = 0; mini < MINI_BLOCKS; mini++) {
    const from = mini * MINI_BLOCK
    let seen = 0
    for (let index = from; index < from + MINI_BLOCK; index++) seen |= deltas[index]!
    const width = from < size ? 32 - Math.clz32(seen) : 0
    out[start + mini] = width
    if (width > 0) at = pack(out, at, deltas, from, width)
  }
  return at
}

/** Least significant bit first. Up to seven bits wait for the next value, so wide ones need more than 32. */
function pack(out: Uint8Array, start: number, deltas: Int32Array, from: number, width: number): number {
  let at = start
  let held = 0
  let bits = 0
  const narrow = width <= 24
  for (let index = from; index < from + MINI_BLOCK; index++) {
    const delta = deltas[index]!
    held = narrow ? held | (delta << bits) : held + (delta >>> 0) * 2 ** bits
    bits += width
    for (; bits >= 8; bits -= 8) {
      out[at++] = narrow ? held : held % 256
      held = narrow ? held >>> 8 : Math.floor(held / 256)
    }
  }
  return at
}

function zigzag(value: number): number {
  return value < 0 ? value * -2 - 1 : value * 2
}

/** Unsigned LEB128; numbers, for zigzag takes lengths beyond 32 bits. */
function varint(out: Uint8Array, start: number, value: number): number {
  let at = start
  let rest = value
  while (rest >= 128) {
    out[at++] = (rest % 128) | 128
    rest = Math.floor(rest / 128)
  }
  out[at++] = rest
  return at
}
