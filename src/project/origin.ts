/** Where a value of a YAML file stands: the file, and the keys and indexes that lead to it. */
export interface Origin {
  readonly file: string
  readonly path: readonly (string | number)[]
}
