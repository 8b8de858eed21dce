/** A configuration value that cannot be used. */
export interface ConfigProblem {
  readonly key: string
  readonly code: 'WW1211' | 'WW1212'
  readonly message: string
  readonly hint?: string
}
