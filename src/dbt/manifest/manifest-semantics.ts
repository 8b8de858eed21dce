import type { Config } from '../merge-configs.ts'
import type { DependsOn, ManifestRef, ManifestResource } from './manifest-node.ts'

interface ManifestSemantic extends ManifestResource {
  readonly description: string | null
  readonly label: string | null
  readonly meta: Readonly<Record<string, unknown>>
  readonly tags: readonly string[]
  readonly config: Config
  readonly unrendered_config: Config
  readonly group: string | null
  readonly refs: readonly ManifestRef[]
  readonly sources: readonly (readonly string[])[]
  readonly metrics: readonly (readonly string[])[]
  readonly depends_on: DependsOn
  /** Where in a file it stands, when a tool wrote that down; null or missing else. */
  readonly metadata?: Readonly<Record<string, unknown>> | null
  readonly created_at: number
}

export interface ManifestExposure extends ManifestSemantic {
  readonly resource_type: 'exposure'
  readonly type: string
  readonly owner: Readonly<Record<string, unknown>>
  readonly maturity: string | null
  readonly url: string | null
}

/** What the semantic layer says is parsed, linked and written to the manifest; nothing here computes it. */
export interface ManifestMetric extends ManifestSemantic {
  readonly resource_type: 'metric'
  readonly type: string
  readonly type_params: Readonly<Record<string, unknown>>
  readonly filter: Readonly<Record<string, unknown>> | null
  readonly time_granularity: string | null
}

export interface ManifestSemanticModel extends ManifestSemantic {
  readonly resource_type: 'semantic_model'
  readonly model: string
  readonly node_relation: Readonly<Record<string, unknown>> | null
  readonly defaults: Readonly<Record<string, unknown>> | null
  readonly entities: readonly Readonly<Record<string, unknown>>[]
  readonly measures: readonly Readonly<Record<string, unknown>>[]
  readonly dimensions: readonly Readonly<Record<string, unknown>>[]
  readonly primary_entity: string | null
}

export interface ManifestSavedQuery extends ManifestSemantic {
  readonly resource_type: 'saved_query'
  readonly query_params: Readonly<Record<string, unknown>>
  readonly exports: readonly Readonly<Record<string, unknown>>[]
}
