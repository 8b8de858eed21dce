export type SkipReason =
  | 'same content as another file'
  | 'still being written'
  | 'its name does not fit the pattern'
  | 'its marker is not there yet'
  | 'written to a moment ago'
  | 'not in its manifest yet'
  | 'not what its manifest says'
  | 'nothing matches'

/** A file that matched but was not read this time, and why: the connector drops nothing without a word. */
export interface SkippedFile {
  readonly stream: string
  /** The file's path as the project names it; the pattern itself when nothing matches it (any more). */
  readonly origin: string
  readonly reason: SkipReason
  /** The other file, when one has the same content. */
  readonly sameAs?: string
}
