/** Where a value of a contract stands: the file, and the keys and indexes that lead to it. */
export interface ContractOrigin {
  readonly file: string
  readonly path: readonly (string | number)[]
}
