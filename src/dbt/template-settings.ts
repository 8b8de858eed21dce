import type { Target } from '../project/project.ts'
import type { QueryDialect } from './check-query.ts'
import type { RelationPolicy } from './context/relation-name.ts'

type Values = Readonly<Record<string, unknown>>

/** What every file of a project sees alike. */
export interface TemplateSettings {
  /** The root package. */
  readonly projectName: string
  readonly targetName: string
  readonly target: Target
  /** The name of the profile in dbt's sense; the target's own when absent. */
  readonly profileName?: string | undefined
  /** `vars:` of the root package. */
  readonly vars: Values
  /** `vars:` of the other packages, by package. */
  readonly packageVars?: Readonly<Record<string, Values>>
  /** `version:` of packages, by package. */
  readonly packageVersions?: Readonly<Record<string, string | undefined>>
  /** From the command line; they win. */
  readonly cliVars: Values
  readonly dialect: QueryDialect
  /** `quoting:` of the project. */
  readonly quoting?: Partial<RelationPolicy>
  /** Folder that external models are written to. */
  readonly externalRoot?: string
  /** ISO 8601, UTC. */
  readonly now: string
  readonly runId: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** `flags`: names in capitals, beyond dbt's defaults. */
  readonly flags?: Values
  /** `invocation_args_dict`: what the command was given, by the names of its options. */
  readonly invocationArgs?: Values
  /** Unique ids of what was selected, once it is known. */
  readonly selectedResources?: readonly string[]
}
