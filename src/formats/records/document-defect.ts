/**
 * Thrown by a decoder when a document is not of its format, so that none of its records can be trusted: the whole of it is one
 * rejected record. The message says what is wrong, without values.
 */
export class DocumentDefect extends Error {
  /** The beginning of the document, at most `LONGEST_RAW` bytes. */
  readonly raw: Uint8Array

  constructor(problem: string, raw: Uint8Array) {
    super(problem)
    this.raw = raw
  }
}
