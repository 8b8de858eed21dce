import type { ManifestDoc, ManifestGroup, ManifestMacro } from './manifest-macro.ts'
import type { ManifestNode } from './manifest-node.ts'
import type {
  ManifestExposure,
  ManifestMetric,
  ManifestSavedQuery,
  ManifestSemanticModel,
} from './manifest-semantics.ts'
import type { ManifestSource } from './manifest-source.ts'
import type { ManifestUnitTest } from './manifest-unit-test.ts'

export type ById<T> = Readonly<Record<string, T>>

/** Whatever of a disabled file could be read: it has no place in the graph, but selection and artefacts know of it. */
export type DisabledResource =
  | ManifestNode
  | ManifestSource
  | ManifestExposure
  | ManifestMetric
  | ManifestSavedQuery
  | ManifestSemanticModel
  | ManifestUnitTest

/**
 * What a project and its packages hold, once parsed. The names and shapes are those of dbt's manifest v12, as templates
 * (`graph`, `model`), `state:` selection and manifest.json all see them. https://schemas.getdbt.com/dbt/manifest/v12.json
 * Frozen; nothing in it was compiled or read from a database.
 */
export interface Manifest {
  readonly project_name: string
  readonly nodes: ById<ManifestNode>
  readonly sources: ById<ManifestSource>
  readonly macros: ById<ManifestMacro>
  readonly docs: ById<ManifestDoc>
  readonly exposures: ById<ManifestExposure>
  readonly metrics: ById<ManifestMetric>
  readonly groups: ById<ManifestGroup>
  readonly semantic_models: ById<ManifestSemanticModel>
  readonly saved_queries: ById<ManifestSavedQuery>
  readonly unit_tests: ById<ManifestUnitTest>
  readonly selectors: Readonly<Record<string, unknown>>
  readonly disabled: ById<readonly DisabledResource[]>
  readonly parent_map: ById<readonly string[]>
  readonly child_map: ById<readonly string[]>
  readonly group_map: ById<readonly string[]>
}
