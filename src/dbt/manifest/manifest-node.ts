import type { Config } from '../merge-configs.ts'

/** What every resource of a manifest says of itself. */
export interface ManifestResource {
  readonly unique_id: string
  readonly name: string
  readonly package_name: string
  /** Below the folder of its kind: `staging/stg_orders.sql`. */
  readonly path: string
  /** Below the package's folder: `models/staging/stg_orders.sql`. */
  readonly original_file_path: string
  readonly fqn: readonly string[]
}

export interface ManifestColumn {
  readonly name: string
  readonly description: string
  readonly meta: Readonly<Record<string, unknown>>
  readonly data_type: string | null
  readonly constraints: readonly ManifestConstraint[]
  readonly quote: boolean | null
  readonly config: Config
  readonly tags: readonly string[]
  readonly granularity: string | null
  /** Unique ids of the docs blocks that the description is made of. */
  readonly doc_blocks: readonly string[]
  /** Whatever else stands in the column's entry, such as `policy_tags`. */
  readonly [other: string]: unknown
}

export interface ManifestConstraint {
  readonly type: string
  readonly name: string | null
  readonly expression: string | null
  readonly warn_unenforced: boolean
  readonly warn_unsupported: boolean
  readonly to: string | null
  readonly to_columns: readonly string[]
  /** Of constraints on the model as a whole. */
  readonly columns?: readonly string[]
}

export interface ManifestRef {
  readonly name: string
  readonly package: string | null
  readonly version: string | number | null
}

export interface DependsOn {
  readonly macros: readonly string[]
  readonly nodes: readonly string[]
}

interface ManifestNodeBase extends ManifestResource {
  readonly database: string
  readonly schema: string
  readonly alias: string
  /** As it stands in SQL, quoted; null for what is no relation (tests, ephemeral models, analyses). */
  readonly relation_name: string | null
  readonly checksum: { readonly name: 'sha256' | 'none' | 'path'; readonly checksum: string }
  /** All layers merged, defaults filled in, keys as dbt writes them (`pre-hook`). */
  readonly config: Config
  /** The same before templates in it were rendered. */
  readonly unrendered_config: Config
  readonly tags: readonly string[]
  readonly description: string
  /** Unique ids of the docs blocks that the description is made of. */
  readonly doc_blocks: readonly string[]
  readonly columns: Readonly<Record<string, ManifestColumn>>
  readonly meta: Readonly<Record<string, unknown>>
  readonly group: string | null
  readonly docs: { readonly show: boolean; readonly node_color: string | null }
  /** `package://models/schema.yml` */
  readonly patch_path: string | null
  readonly raw_code: string
  readonly language: 'sql' | 'python'
  readonly refs: readonly ManifestRef[]
  readonly sources: readonly (readonly string[])[]
  readonly metrics: readonly (readonly string[])[]
  /** What it calls with function(), each by name or by package and name; only where it calls one. */
  readonly functions?: readonly (readonly string[])[]
  readonly depends_on: DependsOn
  readonly contract: {
    readonly enforced: boolean
    readonly alias_types: boolean
    readonly checksum: string | null
  }
  /** Seconds since 1970. */
  readonly created_at: number
}

export interface ManifestModel extends ManifestNodeBase {
  readonly resource_type: 'model'
  readonly access: 'private' | 'protected' | 'public'
  readonly constraints: readonly ManifestConstraint[]
  readonly version: string | number | null
  readonly latest_version: string | number | null
  readonly deprecation_date: string | null
  readonly primary_key: readonly string[]
  readonly time_spine: Readonly<Record<string, unknown>> | null
}

export interface ManifestSeed extends ManifestNodeBase {
  readonly resource_type: 'seed'
  /** The package's folder, absolute; `original_file_path` is below it. */
  readonly root_path: string
}

export interface ManifestSnapshot extends ManifestNodeBase {
  readonly resource_type: 'snapshot'
}

export interface ManifestAnalysis extends ManifestNodeBase {
  readonly resource_type: 'analysis'
}

/** A hook of `on-run-start` or `on-run-end`. */
export interface ManifestOperation extends ManifestNodeBase {
  readonly resource_type: 'operation'
  readonly index: number
}

export interface ManifestTest extends ManifestNodeBase {
  readonly resource_type: 'test'
  /** Of a generic test; undefined for a singular one. */
  readonly test_metadata?: {
    /** As in the file: `unique`, `equal_rowcount`. */
    readonly name: string
    /** The package the file names before the test. */
    readonly namespace: string | null
    /** Arguments as the macro is given them, rendered but for `model`, which stays an expression. */
    readonly kwargs: Readonly<Record<string, unknown>>
  }
  readonly column_name: string | null
  readonly file_key_name: string | null
  readonly attached_node: string | null
}

export interface ManifestFunctionArgument {
  readonly name: string
  readonly data_type: string
  readonly description: string | null
  readonly default_value: unknown
}

/** A function of the warehouse. It stands among the nodes, as it is built like them; manifest.json has a section for it. */
export interface ManifestFunction extends ManifestNodeBase {
  readonly resource_type: 'function'
  readonly arguments: readonly ManifestFunctionArgument[]
  readonly returns: { readonly data_type: string; readonly description: string | null }
}

export type ManifestNode =
  | ManifestModel
  | ManifestSeed
  | ManifestSnapshot
  | ManifestAnalysis
  | ManifestOperation
  | ManifestFunction
  | ManifestTest
