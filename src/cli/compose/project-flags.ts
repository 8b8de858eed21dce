import { INDIRECT_SELECTIONS, type IndirectSelection } from '../../dbt/selection/selection-spec.ts'
import type { Project } from '../../project/project.ts'

/** What `flags:` of dbt_project.yml says of how commands work. The command line and the environment win. */
export interface ProjectFlags {
  readonly failFast: boolean
  readonly skipNodesIfOnRunStartFails: boolean
  readonly indirectSelection: IndirectSelection | undefined
}

/** The flags of a project's own dbt_project.yml. */
export function projectFlags({ packages }: Project): ProjectFlags {
  const flags = packages.find(({ kind }) => kind === 'root')?.config.flags ?? {}
  return {
    failFast: flags['fail_fast'] === true,
    skipNodesIfOnRunStartFails: flags['skip_nodes_if_on_run_start_fails'] === true,
    indirectSelection: INDIRECT_SELECTIONS.find((each) => each === flags['indirect_selection']),
  }
}
