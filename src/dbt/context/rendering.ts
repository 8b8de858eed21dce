import type { AdapterConnection } from '../adapter/adapter-connection.ts'
import type { Manifest } from '../manifest/manifest.ts'
import type { Config } from '../merge-configs.ts'
import type { Reference } from '../reference.ts'
import type { RelationName, RelationPolicy } from './relation-name.ts'

/** A node as far as it is known: whole once parsed, a beginning of it while parsing. `model` in templates. */
export interface NodeInTemplate {
  readonly unique_id: string
  readonly name: string
  readonly resource_type: string
  readonly package_name: string
  /** Below the package's folder. */
  readonly original_file_path: string
}

/** What a ref() or source() stands for. */
export interface Resolved {
  readonly relation: RelationName
  /** Set for an ephemeral model: the CTE that stands for it. */
  readonly cte?: string | undefined
  readonly type?: string | undefined
  /** Of a source that says so itself; else the project's. */
  readonly quoting?: Partial<RelationPolicy> | undefined
  /** What stands in the query instead of the name: dbt-duckdb's `read_csv('…')` of an external source. */
  readonly instead?: string | undefined
  /** `--empty`: at most so many rows. */
  readonly limit?: number | undefined
  /** A microbatch, or `--sample`: only rows of which the condition holds. */
  readonly where?: string | undefined
}

/** One rendering: the phase it is in, what is rendered, and what its calls mean there. */
export interface Rendering {
  /** parse: `execute` is false and the warehouse is never asked. compile: `execute` is true. */
  readonly phase: 'parse' | 'compile'
  /** What `model` is; undefined for YAML values and macros run alone. */
  readonly node: NodeInTemplate | undefined
  /** Whose macros come first and whose vars count. */
  readonly packageName: string
  /** `this`. */
  readonly relation: RelationName | undefined
  /** Give the clock and the run's id fixed values, so that equal code gives equal text. */
  readonly withoutClock: boolean
  /** ref() or source() ran. Throws for what the graph does not lead to. */
  resolve(reference: Reference): Resolved
  /** config(…) ran. */
  configure(config: Config): void
  /** The configuration so far. */
  config(): Config
  log(message: string, level: 'info' | 'debug'): void
  warn(message: string): void
  /** Undefined where nothing may be asked: in phase `compile`, what asks throws NeedsWarehouse then. */
  readonly connection: AdapterConnection | undefined
  /** `graph`. */
  readonly manifest: Manifest | undefined
  /**
   * Names beyond: sql, compiled_code, pre_hooks and post_hooks in a materialization; results, schemas and database_schemas in
   * on-run-end.
   */
  readonly given: Readonly<Record<string, unknown>>
  /** What stands for names before anything else does, macros included: those that a unit test overrides. */
  readonly overrides?: Readonly<Record<string, unknown>>
  /** Told the unique id of each macro that is called by what is rendered, not by another macro. */
  called?(macro: string): void
}
