import { createHash } from 'node:crypto'

/**
 * The identity of a load. Of a file: its content, so that a copy under another name is the same load. Of rows from
 * an ordered source: content and position, because the same rows at another position are other rows.
 */
export function loadId(pipeline: string, stream: string, hash: string, position?: string): string {
  const parts = position === undefined ? [pipeline, stream, hash] : [pipeline, stream, hash, position]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
