const MOST = 1 << 20
const LEAST = 1 << 12

/**
 * Bytes of a buffer to read a file with: large ones make reading fast, but those of many small files together would keep
 * the garbage collector busy. One more than the file has, so that the end shows where it is read at once.
 */
export function bufferSize(fileSize: number): number {
  return Math.min(MOST, Math.max(LEAST, fileSize + 1))
}
