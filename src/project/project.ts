import type { Diagnostic } from '../errors/diagnostics.ts'
import type { Location } from '../errors/location.ts'
import type { Origin } from './origin.ts'
import type { DbtPackage } from './package.ts'
import type { Pipeline } from './pipeline.ts'

/** Every file of a project, parsed and validated. Frozen data; nothing in it was read from a database. */
export interface Project {
  readonly name: string
  /** The project folder, absolute. */
  readonly root: string
  readonly targets: Readonly<Record<string, Target>>
  readonly defaultTarget: string
  readonly vars: Readonly<Record<string, unknown>>
  readonly threads: number
  readonly publish: Publish
  /** Databases to read from, by name. */
  readonly connections: Readonly<Record<string, Connection>>
  readonly pipelines: readonly Pipeline[]
  /** The project itself, then those installed for it by name, then what is built in (`dbt` last). */
  readonly packages: readonly DbtPackage[]
  readonly models: readonly ModelFile[]
  /** Tests that are a query of their own. */
  readonly singularTests: readonly SqlFile[]
  readonly macros: readonly SqlFile[]
  /** What schema.yml files say of models, by model name. */
  readonly modelProperties: Readonly<Record<string, ModelProperties>>
  /** What schema.yml files say of sources, by `source.table`. */
  readonly sourceProperties: Readonly<Record<string, SourceProperties>>
  /** Values that came from secret places: they must never be shown or kept. */
  readonly secrets: readonly string[]
  /** Warnings only: a project with errors is never returned. */
  readonly warnings: readonly Diagnostic[]
  /** The line and column of a value in a YAML file. */
  locate(origin: Origin): Location
}

/** Whether a model is published once its checks have passed, or at once and then checked, as dbt does. */
export type Publish = 'after_tests' | 'immediately'

export type Target =
  | {
      readonly type: 'duckdb'
      readonly path: string
      readonly schema: string
      readonly threads?: number
      /** As DuckDB takes it: "512MB", "50%". */
      readonly memoryLimit?: string | undefined
      /** What DuckDB takes when the database is opened, by name. */
      readonly config?: Readonly<Record<string, string>> | undefined
      /** What each connection sets, by name. */
      readonly settings?: Readonly<Record<string, string | number | boolean>> | undefined
      readonly extensions?: readonly string[] | undefined
      readonly attached?: readonly AttachedDatabase[] | undefined
    }
  | {
      readonly type: 'postgres'
      readonly host: string
      readonly port: number
      readonly user: string
      readonly password: string | undefined
      readonly database: string
      readonly schema: string
      readonly threads?: number
    }

/** Another database beside a DuckDB target's own. */
export interface AttachedDatabase {
  /** A file, relative to the project folder, or whatever the type takes. */
  readonly path: string
  readonly alias?: string | undefined
  readonly type?: string | undefined
  readonly readOnly?: boolean | undefined
}

/** A Postgres database to read from. */
export interface Connection {
  readonly type: 'postgres'
  readonly name: string
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string | undefined
  readonly database: string
  readonly ssl: 'disable' | 'require' | 'verify-full'
  readonly maxConnections: number
  readonly statementTimeoutMs: number
  readonly lockTimeoutMs: number
  readonly connectTimeoutMs: number
  readonly applicationName: string
  /** What it needs from the environment and what is not there, in words: it cannot be used without. */
  readonly lacks: readonly string[]
}

/** A file of SQL with Jinja in it. `path` is relative to the project folder. */
export interface SqlFile {
  readonly name: string
  readonly path: string
  readonly text: string
}

export interface ModelFile extends SqlFile {
  /** Configuration from dbt_project.yml for the model's folder; schema.yml and config() override it. */
  readonly folderConfig: Readonly<Record<string, unknown>>
}

export interface ModelProperties {
  readonly description: string
  readonly config: Readonly<Record<string, unknown>>
  readonly columns: readonly ColumnProperties[]
  readonly tests: readonly TestProperties[]
  readonly origin: Origin
}

export interface SourceProperties extends ModelProperties {
  readonly source: string
  readonly table: string
  /** Where the table is, when no pipeline of the project fills it. */
  readonly schema: string | undefined
  readonly identifier: string | undefined
}

export interface ColumnProperties {
  readonly name: string
  readonly description: string
  readonly tests: readonly TestProperties[]
  readonly origin: Origin
}

/** One entry under `tests:` or `data_tests:`, arguments not yet interpreted. */
export interface TestProperties {
  /** not_null, unique, accepted_values, relationships, or one of ours: accepted_range, recency, expression, row_count, matches. */
  readonly test: string
  readonly arguments: Readonly<Record<string, unknown>>
  readonly name: string | undefined
  readonly severity: 'error' | 'warn'
  readonly where: string | undefined
  readonly tags: readonly string[]
  readonly origin: Origin
}
