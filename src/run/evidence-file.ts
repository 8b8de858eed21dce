import { join } from 'node:path'

/** Where the rows that failed a check are kept: names may hold what file names may not. */
export function evidenceFile(folder: string, ...names: readonly string[]): string {
  return join(folder, `${names.join('.').replaceAll(/[^\p{L}\p{N}._-]/gu, '_')}.ndjson`)
}
