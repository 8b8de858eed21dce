import { stat } from 'node:fs/promises'

/**
 * A short text that changes whenever a file is written to, replaced or renamed over: size, inode, and the times
 * of last change to content and to the inode (which no program can set back), in nanoseconds.
 */
export async function fileStamp(path: string): Promise<string> {
  const { size, ino, mtimeNs, ctimeNs } = await stat(path, { bigint: true })
  return `${size}:${ino}:${mtimeNs}:${ctimeNs}`
}
