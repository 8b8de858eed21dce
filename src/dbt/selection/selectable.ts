import type { Config } from '../merge-configs.ts'

/**
 * What selection asks of a member of the graph: the part of dbt's manifest that its methods look at. Every resource of a
 * manifest is one; nodes of the platform's own kinds (pipelines, the tables they fill) give what they have.
 */
export interface Selectable {
  readonly unique_id: string
  /** dbt's word for the kind, or ours: `pipeline`. */
  readonly resource_type: string
  readonly name: string
  readonly package_name: string
  readonly fqn: readonly string[]
  readonly original_file_path: string
  readonly patch_path?: string | null
  readonly tags?: readonly string[]
  readonly config?: Config
  /** Of a source. */
  readonly source_name?: string
  /** Of a generic test. */
  readonly test_metadata?: { readonly name: string }
  /** Of a model. */
  readonly access?: string
  readonly version?: string | number | null
  readonly latest_version?: string | number | null
  /** The file, where an empty one is not built. */
  readonly raw_code?: string
}
