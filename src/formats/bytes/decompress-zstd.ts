import { createZstdDecompress, type ZstdDecompress } from 'node:zlib'

/**
 * Decompresses zstd. Parallel compressors write many frames end to end; Node's decoder ends after a frame and drops
 * what follows it in the same chunk without a word, so the rest goes to a decoder of its own.
 */
export async function* decompressZstd(
  chunks: AsyncIterable<Buffer>,
  chunkSize: number,
): AsyncGenerator<Buffer> {
  const input = chunks[Symbol.asyncIterator]()
  const nextChunk = async () => {
    const { value, done } = await input.next()
    return done ? undefined : value
  }
  try {
    let chunk = await nextChunk()
    while (chunk !== undefined) {
      const decoder = createZstdDecompress({ chunkSize })
      const feeding = feed(decoder, chunk, nextChunk)
      feeding.catch((error: unknown) => decoder.destroy(error instanceof Error ? error : undefined))
      try {
        for await (const decoded of decoder) yield decoded
      } finally {
        decoder.destroy()
      }
      chunk = await feeding
    }
  } finally {
    await input.return?.()
  }
}

/** Writes chunks until a frame ends inside one (returns what follows it) or there are no more. */
async function feed(
  decoder: ZstdDecompress,
  first: Buffer,
  nextChunk: () => Promise<Buffer | undefined>,
): Promise<Buffer | undefined> {
  for (let chunk: Buffer | undefined = first; chunk !== undefined; chunk = await nextChunk()) {
    const before = decoder.bytesWritten
    await write(decoder, chunk)
    const consumed = decoder.bytesWritten - before
    if (consumed < chunk.length) return chunk.subarray(consumed)
  }
  decoder.end()
  return undefined
}

function write(decoder: ZstdDecompress, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(new Error('the decoder was closed'))
    decoder.once('close', closed)
    decoder.write(chunk, (error) => {
      decoder.off('close', closed)
      if (error) reject(error)
      else resolve()
    })
  })
}
