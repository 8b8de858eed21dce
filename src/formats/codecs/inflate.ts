import { inflateRawSync, zstdDecompressSync } from 'node:zlib'
import { CodecDefect } from './codec-defect.ts'

/** The content of raw deflate data. Throws CodecDefect when it is damaged or longer than `most` bytes. */
export function inflate(block: Buffer, most: number): Buffer {
  return guarded(() => inflateRawSync(block, { maxOutputLength: most }), 'deflate')
}

/** The content of zstd data. Throws CodecDefect when it is damaged or longer than `most` bytes. */
export function unzstd(block: Buffer, most: number): Buffer {
  return guarded(() => zstdDecompressSync(block, { maxOutputLength: most }), 'zstd')
}

function guarded(work: () => Buffer, what: string): Buffer {
  try {
    return work()
  } catch (error) {
    const long = error instanceof RangeError || (error instanceof Error && /larger than/.test(error.message))
    throw new CodecDefect(long ? `a ${what} block that is too long` : `a damaged ${what} block`)
  }
}
