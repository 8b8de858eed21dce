import type { Difference } from '../dbt-oracle/difference.ts'
import type { GatedComparison } from './compare-gated.ts'
import type { PublicProject } from './public-project.ts'
import type { Tally } from './tally.ts'

/** What a public project gave, under dbt and under Waterworks. */
export interface ReportFindings {
  readonly commit: string
  readonly dbt: Tally
  readonly waterworks: Tally
  readonly differences: readonly Difference[]
  readonly gated: GatedComparison
  /** What all commands took, in seconds, round by round. */
  readonly seconds: { readonly dbt: readonly number[]; readonly waterworks: readonly number[] }
  /** Why dbt refuses the project, where it does. */
  readonly refused?: string | undefined
}

export interface ProjectReport extends ReportFindings {
  readonly project: PublicProject
}
