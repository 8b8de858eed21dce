import { WaterworksError } from '../../errors/waterworks-error.ts'
import { type NodeSelection, selectNodes } from '../../graph/selection/select-nodes.ts'
import { makePlan } from '../../plan/make-plan.ts'
import type { PlanInput } from '../../plan/plan-input.ts'
import { runPlan } from '../../run/run-plan.ts'
import type { RunReport } from '../../run/run-report.ts'
import type { StateStore } from '../../state/state-store.ts'
import { inRunContext, type RunHooks } from './in-run-context.ts'
import { keepOutOfGit } from './keep-out-of-git.ts'
import { lastRun, unfinishedOf } from './last-run.ts'
import { leaveArtifacts } from './leave-artifacts.ts'
import { missingRelations } from './missing-relations.ts'
import { openState } from './open-state.ts'
import type { Told } from './plan-workspace.ts'
import { projectFlags } from './project-flags.ts'
import { keepProjectSchemas } from './project-schemas.ts'
import { sourceNews } from './source-news.ts'
import type { Workspace } from './workspace.ts'

export interface RunRequest extends RunHooks {
  readonly mode: PlanInput['mode']
  readonly selection: NodeSelection
  /** How many nodes may run side by side. */
  readonly threads: number
  readonly failFast: boolean
  /** Leave out what has neither new code nor new data. */
  readonly reuse?: boolean | undefined
  /** Of what is selected only these, and what gates them. */
  readonly retry?: ReadonlySet<string> | undefined
  /** What the command was called with, by dbt's names. */
  readonly args?: Readonly<Record<string, unknown>>
}

/**
 * Plans what was selected and runs it. What fails is in the report; only what keeps the run from starting is thrown
 * (WW5004 when another process writes to the target, WW5005 when there is nothing to retry).
 */
export async function runWorkspace(
  workspace: Workspace,
  request: RunRequest,
  told: Told,
): Promise<RunReport> {
  const { mode, selection, threads, failFast } = request
  const { selected, warnings } = selectNodes(workspace.graph, selection)
  for (const warning of warnings) told.warning(warning)
  const state = await openState(workspace)
  keepOutOfGit(workspace.home)
  keepProjectSchemas(workspace.home)
  try {
    const reuse = request.reuse ?? false
    const news = reuse ? await newsOf(workspace, selected, told) : new Map()
    return await inRunContext(workspace, state, { ...request, log: told.log }, async (context) => {
      const input = await planInput(workspace, state, request, selected)
      const missing = reuse
        ? await context.sessions.use((session) => missingRelations(session, workspace.graph))
        : new Set<string>()
      const publish = request.publish ?? workspace.project.publish
      const plan = makePlan({ ...input, publish, reuse, missing, sourceNews: news })
      const needsHooks =
        publish === 'after_tests' || projectFlags(workspace.project).skipNodesIfOnRunStartFails
      const command = request.retry === undefined ? mode : 'retry'
      const options = { command, threads, failFast, needsHooks, selection: recorded(selection) }
      const report = await runPlan(plan, options, context)
      await leaveArtifacts(workspace, { which: mode, ...request.args }, context.dbt, report.seconds)
      return report
    })
  } finally {
    await state.close()
  }
}

/** What is kept of a selection: what was asked for, in the language of --select. */
function recorded({ select, exclude, selector }: NodeSelection) {
  return { select: selector === undefined ? select : [`selector:${selector}`], exclude }
}

/** What has arrived for the pipelines that are selected. */
function newsOf(
  workspace: Workspace,
  selected: ReadonlySet<string>,
  told: Told,
): Promise<PlanInput['sourceNews']> {
  const pipelines = [...workspace.graph.nodes.values()]
    .filter((node) => node.kind === 'pipeline')
    .filter((node) => selected.has(node.uniqueId))
  return sourceNews(workspace, pipelines, told.log)
}

async function planInput(
  { graph, targetName, now }: Workspace,
  state: StateStore,
  { mode, retry }: RunRequest,
  selection: ReadonlySet<string>,
): Promise<PlanInput> {
  const successes = await state.lastSuccesses(targetName)
  const input = { graph, selection, mode, target: targetName, successes, sourceNews: new Map(), now }
  if (retry !== undefined) return { ...input, retry }
  return mode === 'retry' ? { ...input, retry: await lastUnfinished(state, targetName) } : input
}

/** What the last run on a target left undone. Throws WW5005 when that is nothing. */
async function lastUnfinished(state: StateStore, target: string): Promise<ReadonlySet<string>> {
  const last = await lastRun(state, target)
  const unfinished = last === undefined ? new Set<string>() : unfinishedOf(last)
  if (unfinished.size > 0) return unfinished
  const message = last === undefined ? 'nothing has run on this target yet' : `run ${last.runId} succeeded`
  throw new WaterworksError('WW5005', { message })
}
