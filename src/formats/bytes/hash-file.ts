import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { bufferSize } from './buffer-size.ts'

/** SHA-256 of a file's bytes, in hex, read as a stream into one buffer. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(path)
  try {
    const buffer = Buffer.allocUnsafe(bufferSize((await file.stat()).size))
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(buffer.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}
