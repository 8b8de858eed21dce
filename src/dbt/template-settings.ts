import type { Target } from '../project/project.ts'
import type { QueryDialect } from './check-query.ts'

/** What every file of a project sees alike. */
export interface TemplateSettings {
  readonly projectName: string
  readonly targetName: string
  readonly target: Target
  readonly vars: Readonly<Record<string, unknown>>
  /** From the command line; they win. */
  readonly cliVars: Readonly<Record<string, unknown>>
  readonly dialect: QueryDialect
  /** ISO 8601, UTC. */
  readonly now: string
  readonly runId: string
  readonly env: Readonly<Record<string, string | undefined>>
}
