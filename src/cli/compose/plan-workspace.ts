import type { WaterworksError } from '../../errors/waterworks-error.ts'
import { type NodeSelection, selectNodes } from '../../graph/selection/select-nodes.ts'
import { makePlan } from '../../plan/make-plan.ts'
import type { Plan } from '../../plan/plan.ts'
import type { PastSuccess } from '../../plan/plan-input.ts'
import { withRecordedState } from './recorded-state.ts'
import { sourceDrift } from './source-drift.ts'
import { sourceNews } from './source-news.ts'
import type { Workspace } from './workspace.ts'

/** Who hears of what is noteworthy and no error. */
export interface Told {
  warning(error: WaterworksError): void
  log(message: string): void
}

/** What a build would do now, and why: recorded runs, the sources and the warehouse are looked at, nothing is changed. */
export async function planWorkspace(
  workspace: Workspace,
  selection: NodeSelection,
  told: Told,
): Promise<Plan> {
  const { graph, targetName, now, project } = workspace
  const { selected, warnings } = selectNodes(graph, selection)
  for (const warning of warnings) told.warning(warning)
  const pipelines = [...graph.nodes.values()]
    .filter((node) => node.kind === 'pipeline')
    .filter((node) => selected.has(node.uniqueId))
  return makePlan({
    graph,
    selection: selected,
    mode: 'build',
    target: targetName,
    publish: project.publish,
    successes: await withRecordedState<ReadonlyMap<string, PastSuccess>>(workspace, new Map(), (state) =>
      state.lastSuccesses(targetName),
    ),
    sourceNews: await sourceNews(workspace, pipelines, told.log),
    drift: await sourceDrift(workspace, pipelines, told.log),
    now,
  })
}
