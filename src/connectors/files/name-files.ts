import type { Field } from '../../batch/logical-type.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { parseFileNamePattern } from '../../project/file-name-pattern.ts'
import type { MatchedFile } from './expand-glob.ts'
import type { FileStorage } from './storage/file-storage.ts'

/** A file and what its name says of its records. */
export interface NamedFile extends MatchedFile {
  /** The columns that the pattern captures, and their texts, in the same order. */
  readonly capturedFields: readonly Field[]
  readonly capturedTexts: readonly string[]
}

/**
 * The files that a pattern matches, in the order of their paths, with what it captures of each. `onMisfit` hears of those
 * whose names have another form than the captures say. Throws WW1044 when the pattern cannot be understood.
 */
export async function nameFiles(
  storage: FileStorage,
  pattern: string,
  onMisfit: (origin: string) => void = () => {},
): Promise<readonly NamedFile[]> {
  const parsed = parseFileNamePattern(pattern)
  if ('problem' in parsed) {
    throw new WaterworksError('WW1044', { message: `the pattern "${pattern}" ${parsed.problem}` })
  }
  const named: NamedFile[] = []
  for (const file of await storage.match(parsed.glob)) {
    const capturedTexts = parsed.capture(file.origin)
    if (capturedTexts === undefined) onMisfit(file.origin)
    else named.push({ ...file, capturedFields: parsed.fields, capturedTexts })
  }
  return named
}
