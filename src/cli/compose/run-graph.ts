import { WaterworksError } from '../../errors/waterworks-error.ts'
import { selectNodes } from '../../graph/selection/select-nodes.ts'
import { makePlan } from '../../plan/make-plan.ts'
import type { PlanInput } from '../../plan/plan-input.ts'
import type { StateStore } from '../../state/state-store.ts'
import type { Invocation, OptionSpec } from '../command.ts'
import { createProgress } from '../progress.ts'
import { reportJson } from '../report-json.ts'
import { renderSummary } from '../summary.ts'
import { executePlan } from './execute-plan.ts'
import { openState } from './open-state.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/** Flags of the commands that run something. */
export const runFlags: readonly OptionSpec[] = [
  { name: 'threads', type: 'string', value: 'N', help: 'How many nodes may run side by side.' },
  { name: 'fail-fast', short: 'x', type: 'boolean', help: 'Start nothing more after the first failure.' },
]

/** Builds, ingests, tests or retries: plans what was selected, runs it and prints how it went. */
export async function runGraph(invocation: Invocation, mode: PlanInput['mode']): Promise<number> {
  const { flags, output } = invocation
  const workspace = await openWorkspace(invocation)
  const request = { select: flags.texts('select'), exclude: flags.texts('exclude') }
  const selection = selectNodes(workspace.graph, request)
  output.problems(selection.warnings.map((error) => ({ severity: 'warning', error })))
  const state = await openState(workspace)
  const controller = new AbortController()
  const stop = () => {
    output.log('Stopping: what is running is rolled back. Press Ctrl-C again to end at once.')
    controller.abort()
    process.once('SIGINT', () => process.exit(130))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const progress = createProgress(output, workspace.graph)
  try {
    const report = await executePlan(
      workspace,
      state,
      async () => {
        const input = await planInput(workspace, state, mode, selection.selected)
        const plan = makePlan(input)
        progress.plan(plan)
        return plan
      },
      {
        command: mode,
        threads: threadsOf(flags.text('threads'), workspace),
        failFast: flags.isSet('fail-fast'),
        selection: request,
        listener: progress.event,
        signal: controller.signal,
      },
    )
    progress.end()
    output.print(renderSummary(report, workspace, output))
    output.json(reportJson(report))
    return report.status === 'success'
      ? 0
      : report.nodes.some((node) => node.status === 'failed' || node.status === 'skipped')
        ? 1
        : 0
  } finally {
    progress.end()
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    await state.close()
  }
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
  const [last] = await state.runs({ limit: 1, target: targetName })
  const unfinished = last?.tasks.filter((task) => task.status !== 'success').map((task) => task.node) ?? []
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
