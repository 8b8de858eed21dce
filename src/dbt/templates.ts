import type { Relation } from '../engines/relation.ts'
import type { Location } from '../errors/location.ts'
import type { SqlFile } from '../project/project.ts'
import type { Config } from './merge-configs.ts'
import type { Reference } from './reference.ts'

/** What a first reading of a file tells, before anything it refers to is known. */
export interface ParsedFile {
  /** Every distinct ref() and source() that ran, in order. */
  readonly uses: readonly Reference[]
  /** What config() was called with, later calls laid over earlier ones. */
  readonly config: Config
}

/** What compiling a file has to know of it and of what it refers to. */
export interface CompileRequest {
  readonly config: Config
  readonly uniqueId: string
  /** Where the file's own result will be; undefined for a test. */
  readonly relation: Relation | undefined
  /** What ref() and source() stand for. Throws for what the graph does not lead to. */
  readonly resolve: (reference: Reference) => Resolved
  /** Give the clock and the run's id fixed values, so that equal code gives equal text. */
  readonly withoutClock: boolean
}

export interface Resolved {
  readonly relation: Relation
  /** Set for an ephemeral model: the CTE that stands for it. */
  readonly cte: string | undefined
}

/** The macros by which a project may name relations its own way. */
export type NamingMacro = 'generate_schema_name' | 'generate_alias_name'

/** The templates of a project, read in dbt's two phases. Both throw WaterworksError with the place in the file. */
export interface Templates {
  parse(file: SqlFile, config: Config): ParsedFile
  /** Where parsing a file makes a reference, in the file itself or in a macro. */
  placeOf(file: SqlFile, config: Config, reference: Reference): Location
  compile(file: SqlFile, request: CompileRequest): string
  /** A model's schema or alias by the project's own rule; undefined when it leaves dbt's. */
  generateName(
    macro: NamingMacro,
    custom: string | undefined,
    file: SqlFile,
    uniqueId: string,
    config: Config,
  ): string | undefined
  /** A text of a YAML file, in which only variables, the target and macros may be used. */
  renderText(text: string, file: string): string
}
