import { type Cte, cteText } from '../inject-ctes.ts'

/** A node's code after its templates were rendered, kept beside the manifest by unique id. */
export interface CompiledNode {
  /** Ephemeral models it reads stand in it as CTEs. */
  readonly code: string
  /** Those CTEs, each with the model it comes from. */
  readonly extraCtes: readonly { readonly id: string; readonly sql: string }[]
  /** Unique ids of the macros that its templates called; parsing sees fewer, as `execute` is false then. */
  readonly macros: readonly string[]
  /** The relations that foreign keys point to, by how the project writes them: `ref('orders')`. */
  readonly foreignKeys?: ReadonlyMap<string, string> | undefined
}

/** A query with ephemeral models in it, as artifacts have it. */
export function compiledNode(
  code: string,
  ctes: readonly Cte[],
  macros: Iterable<string> = [],
): CompiledNode {
  return { code, extraCtes: ctes.map((cte) => ({ id: cte.id, sql: cteText(cte) })), macros: [...macros] }
}

export type Compilation = ReadonlyMap<string, CompiledNode>
