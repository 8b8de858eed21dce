import type { Config } from '../merge-configs.ts'
import type { DependsOn, ManifestResource } from './manifest-node.ts'

/** Rows given to or expected of a model. */
export interface UnitTestRows {
  /** Mappings of column to value, CSV text, or SQL, by `format`; null when they come from a fixture that was not read. */
  readonly rows: readonly Readonly<Record<string, unknown>>[] | string | null
  readonly format: 'dict' | 'csv' | 'sql'
  readonly fixture: string | null
}

export interface ManifestUnitTest extends ManifestResource {
  readonly resource_type: 'unit_test'
  /** The model that is tested, as the file names it. */
  readonly model: string
  readonly given: readonly (UnitTestRows & { readonly input: string })[]
  readonly expect: UnitTestRows
  readonly overrides: {
    readonly macros: Readonly<Record<string, unknown>>
    readonly vars: Readonly<Record<string, unknown>>
    readonly env_vars: Readonly<Record<string, unknown>>
  } | null
  readonly versions: Readonly<Record<string, unknown>> | null
  readonly version: string | number | null
  readonly description: string
  readonly config: Config
  readonly depends_on: DependsOn
  readonly schema: string
  readonly checksum: string | null
  readonly tested_node_unique_id: string | null
  readonly created_at: number
}
