/**
 * A number in groups of seven bits, the lowest first, each but the last with its highest bit set; undefined if it takes
 * more than `groups` of them.
 */
export function varint(from: { byte(): number }, groups: number): bigint | undefined {
  let small = 0
  // Most numbers are small: 28 bits need no big ones.
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = from.byte()
    small |= (byte & 0x7f) << shift
    if (byte < 0x80) return BigInt(small)
  }
  let value = BigInt(small)
  for (let group = 4; group < groups; group++) {
    const byte = from.byte()
    value |= BigInt(byte & 0x7f) << BigInt(7 * group)
    if (byte < 0x80) return value
  }
  return undefined
}
