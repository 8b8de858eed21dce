import type { DependsOn, ManifestResource } from './manifest-node.ts'

export interface ManifestMacro extends Omit<ManifestResource, 'fqn'> {
  readonly resource_type: 'macro'
  readonly macro_sql: string
  readonly depends_on: Pick<DependsOn, 'macros'>
  readonly description: string
  readonly meta: Readonly<Record<string, unknown>>
  readonly docs: { readonly show: boolean; readonly node_color: string | null }
  readonly patch_path: string | null
  readonly arguments: readonly {
    readonly name: string
    readonly type: string | null
    readonly description: string
  }[]
  /** Of a materialization. */
  readonly supported_languages: readonly string[] | null
  readonly created_at: number
}

/** A `{% docs %}` block. */
export interface ManifestDoc extends Omit<ManifestResource, 'fqn'> {
  readonly resource_type: 'doc'
  readonly block_contents: string
}

export interface ManifestGroup extends Omit<ManifestResource, 'fqn'> {
  readonly resource_type: 'group'
  readonly owner: Readonly<Record<string, unknown>>
  readonly description: string | null
  readonly config: Readonly<Record<string, unknown>>
}
