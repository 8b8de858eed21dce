import { WaterworksError } from '../../errors/waterworks-error.ts'
import { selectNodes } from '../../graph/selection/select-nodes.ts'
import { makePlan } from '../../plan/make-plan.ts'
import type { PlanInput } from '../../plan/plan-input.ts'
import { type RunReport, runPlan } from '../../run/run-plan.ts'
import type { StateStore } from '../../state/state-store.ts'
import type { Invocation, OptionSpec } from '../command.ts'
import { createProgress } from '../progress.ts'
import { reportJson } from '../report-json.ts'
import { renderSummary } from '../summary.ts'
import { inRunContext } from './in-run-context.ts'
import { openState } from './open-state.ts'
import { keepProjectSchemas } from './project-schemas.ts'
import { withStopSignal } from './stop-signal.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/** Flags of the commands that run something. */
export const runFlags: readonly OptionSpec[] = [
  { name: 'threads', type: 'string', value: 'N', help: 'How many nodes may run side by side.' },
  { name: 'fail-fast', short: 'x', type: 'boolean', help: 'Start nothing more after the first failure.' },
]

/** The commands whose runs can be retried; others (a replay) are recorded as runs as well. */
const RETRIABLE: ReadonlySet<string> = new Set(['build', 'ingest', 'test', 'retry'])
/** How many runs back the last one that can be retried is looked for. */
const RUNS_BACK = 100

/** Builds, ingests, tests or retries: plans what was selected, runs it and prints how it went. */
export async function runGraph(invocation: Invocation, mode: PlanInput['mode']): Promise<number> {
  const { flags, output } = invocation
  const workspace = await openWorkspace(invocation)
  const threads = threadsOf(flags.text('threads'), workspace)
  const request = { select: flags.texts('select'), exclude: flags.texts('exclude') }
  const selection = selectNodes(workspace.graph, request)
  output.problems(selection.warnings.map((error) => ({ severity: 'warning', error })))
  const state = await openState(workspace)
  keepProjectSchemas(workspace.home)
  const progress = createProgress(output, workspace.graph)
  try {
    const report = await withStopSignal(output, (signal) =>
      inRunContext(
        workspace,
        state,
        { listener: progress.event, progress: progress.stream, signal },
        async (context) => {
          const plan = makePlan(await planInput(workspace, state, mode, selection.selected))
          const options = { command: mode, threads, failFast: flags.isSet('fail-fast'), selection: request }
          return runPlan(plan, options, context)
        },
      ),
    )
    progress.end()
    output.print(renderSummary(report, workspace, output))
    output.json(reportJson(report))
    return exitCode(report)
  } finally {
    progress.end()
    await state.close()
  }
}

/** A pipeline that may fail without harm (skip-and-alert) is `partial` and no failure. */
function exitCode(report: RunReport): number {
  return report.nodes.some((node) => node.status === 'failed' || node.status === 'skipped') ? 1 : 0
}

async function planInput(
  { graph, targetName, now }: Workspace,
  state: StateStore,
  mode: PlanInput['mode'],
  selection: ReadonlySet<string>,
): Promise<PlanInput> {
  const successes = await state.lastSuccesses(targetName)
  const input = { graph, selection, mode, target: targetName, successes, sourceNews: new Map(), now }
  if (mode !== 'retry') return input
  const runs = await state.runs({ limit: RUNS_BACK, target: targetName, tasks: false })
  const last = runs.find((run) => RETRIABLE.has(run.command))
  const tasks = last === undefined ? [] : ((await state.run(last.runId))?.tasks ?? [])
  const unfinished = tasks.filter((task) => task.status !== 'success').map((task) => task.node)
  if (unfinished.length === 0) {
    const message = last === undefined ? 'nothing has run on this target yet' : `run ${last.runId} succeeded`
    throw new WaterworksError('WW5005', { message })
  }
  return { ...input, retry: new Set(unfinished) }
}

function threadsOf(text: string | undefined, { project, target }: Workspace): number {
  const threads = text === undefined ? (target.threads ?? project.threads) : Number(text)
  if (Number.isInteger(threads) && threads > 0 && threads <= 256) return threads
  throw new WaterworksError('WW7001', {
    message: `--threads takes a whole number from 1 to 256, not ${text}`,
  })
}
