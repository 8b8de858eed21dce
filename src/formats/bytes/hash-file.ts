import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

const CHUNK = 1 << 20

/** SHA-256 of a file's bytes, in hex, read as a stream into one buffer. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(CHUNK)
  const file = await open(path)
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK, null)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(buffer.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}
