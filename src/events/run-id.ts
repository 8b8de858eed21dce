import { randomBytes } from 'node:crypto'

const COUNTER_LIMIT = 1 << 12

let lastMilliseconds = -1
let counter = 0

/**
 * A UUID version 7 (RFC 9562) for the time `now`, in milliseconds since 1970. Ids of one process rise strictly:
 * within a millisecond, or when the clock goes back, a counter in `rand_a` goes up (RFC 9562, section 6.2, method 1).
 */
export function uuidv7(now: number = Date.now()): string {
  const bytes = randomBytes(16)
  if (now > lastMilliseconds) {
    lastMilliseconds = now
    counter = bytes.readUInt16BE(6) & 0x7ff
  } else {
    counter++
    if (counter === COUNTER_LIMIT) {
      lastMilliseconds++
      counter = 0
    }
  }
  bytes.writeUIntBE(lastMilliseconds, 0, 6)
  bytes.writeUInt16BE(0x7000 | counter, 6)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
