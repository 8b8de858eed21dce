import { createHash } from 'node:crypto'
import type { NamedFile } from './name-files.ts'

/**
 * What a file is known by: its content, so that a copy is the same file; and what its name says of its records, for the same
 * content under `region=eu` and under `region=us` is two things.
 */
export function pieceHash(contentHash: string, { capturedFields, capturedTexts }: NamedFile): string {
  if (capturedFields.length === 0) return contentHash
  const captured = capturedFields.map(({ name }, index) => [name, capturedTexts[index]])
  return createHash('sha256')
    .update(JSON.stringify([contentHash, captured]))
    .digest('hex')
}
