import type { PropertiesFile } from './schema/properties-file.ts'

/** The kinds of resources that dbt_project.yml configures by folder, by the manifest's names for them. */
export type ConfiguredKind =
  | 'models'
  | 'seeds'
  | 'snapshots'
  | 'data_tests'
  | 'sources'
  | 'unit_tests'
  | 'exposures'
  | 'metrics'
  | 'semantic_models'
  | 'saved_queries'
  | 'functions'

/** What a package's dbt_project.yml says, as written: templates in it are rendered by whoever knows the target. */
export interface PackageConfig {
  /** SHA-256 of dbt_project.yml, white space around it left out. */
  readonly checksum: string
  readonly version: string | undefined
  /** The profile that the project asks for. */
  readonly profile?: string | undefined
  /** All of `vars:`, those of other packages under their names included. */
  readonly vars: Readonly<Record<string, unknown>>
  /** Configuration by package and folder. */
  readonly trees: Readonly<Partial<Record<ConfiguredKind, unknown>>>
  readonly onRunStart: readonly string[]
  readonly onRunEnd: readonly string[]
  readonly dispatch: readonly { readonly namespace: string; readonly searchOrder: readonly string[] }[]
  readonly quoting: Readonly<Partial<Record<'database' | 'schema' | 'identifier', boolean>>>
  readonly queryComment: unknown
  readonly restrictAccess: boolean
  readonly flags: Readonly<Record<string, unknown>>
}

/** A text file of a package. */
export interface PackageFile {
  /** The file's name without its ending. */
  readonly name: string
  /** Below the package's folder: `models/staging/stg_orders.sql`. */
  readonly path: string
  /** The same below the folder of its kind: `staging/stg_orders.sql`. */
  readonly below: string
  /** From the project's folder, as messages show it. */
  readonly shown: string
  /** Without white space around it, as dbt keeps it. */
  readonly text: string
  /** The line of the file at which the text begins. */
  readonly firstLine: number
}

/** A CSV file; its text is read when it is loaded. */
export interface SeedFile extends Omit<PackageFile, 'text' | 'firstLine'> {
  /** Of the text, or of the path where the file is large. */
  readonly checksum: { readonly name: 'sha256' | 'path'; readonly checksum: string }
}

/** A YAML file of properties. Problems are told at `shown` and a path in the document. */
export interface PropertiesDocument {
  readonly path: string
  readonly below: string
  readonly shown: string
  /** SHA-256 of the text, white space around it left out. */
  readonly checksum: string
  /**
   * What the file says, validated.
   * @internal its type is that of the schema, which programs do not see
   */
  readonly document: PropertiesFile
}

/** A dbt project: the one that is built, one of those installed for it, or what is built in. */
export interface DbtPackage {
  readonly name: string
  readonly kind: 'root' | 'installed' | 'built-in'
  /** The package's folder, absolute. */
  readonly root: string
  readonly config: PackageConfig
  /** SQL and Python. */
  readonly models: readonly PackageFile[]
  readonly seeds: readonly SeedFile[]
  readonly snapshots: readonly PackageFile[]
  readonly singularTests: readonly PackageFile[]
  readonly genericTests: readonly PackageFile[]
  readonly macros: readonly PackageFile[]
  readonly analyses: readonly PackageFile[]
  /** SQL, and files in other languages, which are refused. */
  readonly functions: readonly PackageFile[]
  readonly docs: readonly PackageFile[]
  readonly fixtures: readonly PackageFile[]
  readonly properties: readonly PropertiesDocument[]
}
