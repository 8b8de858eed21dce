import type { Connection } from 'pg'

/** CopyData, in PostgreSQL's protocol ("Message Formats"). */
const COPY_DATA = 0x64
const READY_FOR_QUERY = 0x5a
const HEADER = 5

type Listener = (bytes: Buffer) => void

/** Takes the content of a CopyData message: bytes from `start` to `end`, theirs only during the call. */
export type TakeCopyData = (bytes: Uint8Array, start: number, end: number) => void

/**
 * Reads what a connection receives in place of pg's parser until the statement has ended: the server sends a message
 * for each row, and an object for each costs more than decoding it. Messages that are no data go to the parser.
 */
export function takeCopyData(connection: Connection, take: TakeCopyData): void {
  const { stream } = connection
  const parsers = stream.listeners('data') as Listener[]
  let rest: Buffer = EMPTY
  const read = (chunk: Buffer): void => {
    let data = chunk
    let at = 0
    if (rest.length > 0) {
      // What was cut off is completed with a little of what follows, which saves copying all of it.
      const head = Buffer.concat([rest, chunk.subarray(0, A_LITTLE)])
      const size = frameSize(head, 0)
      if (size !== undefined && size <= head.length && head[0] === COPY_DATA) {
        take(head, HEADER, size)
        at = size - rest.length
      } else data = Buffer.concat([rest, chunk])
      rest = EMPTY
    }
    for (let size = frameSize(data, at); size !== undefined; size = frameSize(data, at)) {
      const end = at + size
      if (end > data.length) break
      const type = data[at]!
      if (type === COPY_DATA) take(data, at + HEADER, end)
      else {
        const isLast = type === READY_FOR_QUERY
        if (isLast) giveBack()
        // Whatever follows the end of the statement is not ours.
        const message = data.subarray(at, isLast ? data.length : end)
        for (const parse of parsers) parse.call(stream, message)
        if (isLast) return
      }
      at = end
    }
    if (at < data.length) rest = Buffer.from(data.subarray(at))
  }
  const giveBack = (): void => {
    stream.removeListener('data', read)
    for (const parse of parsers) stream.on('data', parse)
  }
  for (const parse of parsers) stream.removeListener('data', parse)
  stream.on('data', read)
}

const EMPTY = Buffer.alloc(0)
const A_LITTLE = 2048

/** Bytes of the message that begins at `at`; undefined when too little of it has come to tell. */
function frameSize(data: Buffer, at: number): number | undefined {
  return at + HEADER <= data.length ? 1 + data.readInt32BE(at + 1) : undefined
}
