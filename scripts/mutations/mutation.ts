/** A small harm done to the source, and the suite that must notice it. */
export interface Mutation {
  /** What is no longer true of the platform. */
  readonly says: string
  readonly edits: readonly Edit[]
  /** A test file, and a regular expression for the names of the tests in it that are run. */
  readonly suite: { readonly file: string; readonly test: string }
}

/** `find` stands in `file` exactly once. */
export interface Edit {
  readonly file: string
  readonly find: string
  readonly replace: string
}
