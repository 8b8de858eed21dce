import type { Config } from '../../dbt/merge-configs.ts'
import type { ModelConfig } from '../../dbt/model-config.ts'
import type { Reference } from '../../dbt/reference.ts'
import type { Relation } from '../../engines/relation.ts'
import type { Origin } from '../../project/origin.ts'
import type { ModelFile, ModelProperties, SourceProperties } from '../../project/project.ts'

/** A model that was parsed and not compiled. */
export interface ModelDraft {
  readonly uniqueId: string
  readonly file: ModelFile
  readonly config: ModelConfig
  /** The merged configuration as templates see it. */
  readonly fullConfig: Config
  readonly properties: ModelProperties | undefined
  readonly relation: Relation
  readonly uses: readonly Reference[]
}

export interface SourceDraft {
  readonly uniqueId: string
  readonly source: string
  readonly table: string
  readonly relation: Relation
  /** The pipeline that fills it, by unique id. */
  readonly pipeline: string | undefined
  readonly properties: SourceProperties | undefined
  readonly tags: readonly string[]
  /** Where it is defined: the pipeline, or the entry in a schema.yml. */
  readonly origin: Origin
}
