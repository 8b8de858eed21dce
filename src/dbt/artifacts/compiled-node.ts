/** A node's code after its templates were rendered, kept beside the manifest by unique id. */
export interface CompiledNode {
  /** Ephemeral models it reads stand in it as CTEs. */
  readonly code: string
  /** Those CTEs, each with the model it comes from. */
  readonly extraCtes: readonly { readonly id: string; readonly sql: string }[]
}

export type Compilation = ReadonlyMap<string, CompiledNode>
