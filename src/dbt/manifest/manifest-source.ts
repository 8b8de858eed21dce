import type { Config } from '../merge-configs.ts'
import type { ManifestColumn, ManifestResource } from './manifest-node.ts'

export interface FreshnessTime {
  readonly count: number | null
  readonly period: 'minute' | 'hour' | 'day' | null
}

export interface Freshness {
  readonly warn_after: FreshnessTime | null
  readonly error_after: FreshnessTime | null
  readonly filter: string | null
}

/** One table of a source. */
export interface ManifestSource extends ManifestResource {
  readonly resource_type: 'source'
  readonly database: string
  readonly schema: string
  readonly identifier: string
  readonly relation_name: string
  readonly source_name: string
  readonly source_description: string
  readonly source_meta: Readonly<Record<string, unknown>>
  readonly loader: string
  readonly loaded_at_field: string | null
  readonly loaded_at_query: string | null
  readonly freshness: Freshness | null
  readonly quoting: Readonly<Record<string, boolean | null>>
  readonly external: Readonly<Record<string, unknown>> | null
  readonly description: string
  readonly doc_blocks: readonly string[]
  readonly columns: Readonly<Record<string, ManifestColumn>>
  readonly meta: Readonly<Record<string, unknown>>
  readonly tags: readonly string[]
  readonly config: Config
  readonly unrendered_config: Config
  readonly patch_path: string | null
  /** As the file has them, templates and all. */
  readonly unrendered_database?: string | null
  readonly unrendered_schema?: string | null
  readonly created_at: number
}
