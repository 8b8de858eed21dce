import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { PlanInput } from '../../plan/plan-input.ts'
import type { Publish } from '../../project/project.ts'
import type { RunReport } from '../../run/run-report.ts'
import type { Invocation, OptionSpec } from '../command.ts'
import { createProgress } from '../progress.ts'
import { reportJson } from '../report-json.ts'
import { renderSummary } from '../summary.ts'
import { batchWorkOf } from './batch-work.ts'
import { deferWorkspace } from './defer-workspace.ts'
import { invocationArgs } from './invocation-args.ts'
import { projectFlags } from './project-flags.ts'
import type { RetriedRun } from './retried-run.ts'
import { runWorkspace } from './run-workspace.ts'
import { selectionOf } from './selection-of.ts'
import { showSeeds } from './show-seeds.ts'
import { withStopSignal } from './stop-signal.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/** Flags of the commands that run something. */
export const runFlags: readonly OptionSpec[] = [
  { name: 'threads', type: 'string', value: 'N', help: 'How many nodes may run side by side.' },
  {
    name: 'single-threaded',
    negatable: true,
    env: 'DBT_SINGLE_THREADED',
    type: 'boolean',
    help: 'One node after another, as --threads 1 says it.',
  },
  {
    name: 'fail-fast',
    short: 'x',
    negatable: true,
    env: 'DBT_FAIL_FAST',
    type: 'boolean',
    help: 'Start nothing more after the first failure.',
  },
]

/** Of the commands that build models. */
export const publishFlag: OptionSpec = {
  name: 'publish',
  type: 'string',
  value: 'WHEN',
  help: 'after_tests (the default): once checks have passed; immediately: before, as in dbt.',
}

export const fullRefreshFlag: OptionSpec = {
  name: 'full-refresh',
  short: 'f',
  env: 'DBT_FULL_REFRESH',
  type: 'boolean',
  help: 'Build incremental models and seeds from scratch.',
}

export const storeFailuresFlag: OptionSpec = {
  name: 'store-failures',
  env: 'DBT_STORE_FAILURES',
  type: 'boolean',
  help: 'Keep the rows that tests find, in tables of the schema dbt_test__audit.',
}

export const reuseFlag: OptionSpec = {
  name: 'reuse',
  type: 'boolean',
  help: 'Leave out what has neither new code nor new data, and say so of each.',
}

/** Modes in which pipelines run. */
const PIPELINES: ReadonlySet<PlanInput['mode']> = new Set(['build', 'ingest', 'retry'])

/** Builds, ingests, tests or retries: plans what was selected, runs it and prints how it went. */
export async function runGraph(
  invocation: Invocation,
  mode: PlanInput['mode'],
  retry?: Pick<RetriedRun, 'unfinished' | 'previous'>,
): Promise<number> {
  const { flags, output } = invocation
  const opened = await openWorkspace(invocation, { look: PIPELINES.has(mode), command: mode })
  const selecting = mode === 'ingest' || mode === 'retry' ? 'build' : mode
  const selection = selectionOf(invocation, opened, selecting)
  const workspace = await deferWorkspace(opened, invocation, selection, {
    command: selecting,
    only: retry?.unfinished,
  })
  const progress = createProgress(output, workspace.graph)
  const request = {
    mode,
    selection,
    threads: threadsOf(flags.isSet('single-threaded') ? '1' : flags.text('threads'), workspace),
    failFast: flags.choice('fail-fast') ?? projectFlags(workspace.project).failFast,
    publish: publishOf(flags.text('publish'), workspace),
    reuse: mode === 'build' && flags.isSet('reuse'),
    retry: retry?.unfinished,
    batches: batchWorkOf(flags, workspace, retry?.previous),
    args: invocationArgs(flags, mode, opened.now),
    reconcile: mode === 'ingest' && flags.isSet('reconcile'),
    listener: progress.event,
    progress: progress.stream,
  }
  const told = {
    warning: (error: WaterworksError) => output.problems([{ severity: 'warning', error }]),
    log: (message: string) => output.log(message),
  }
  try {
    const report = await withStopSignal(output, (signal) =>
      runWorkspace(workspace, { ...request, signal }, told),
    )
    progress.end()
    output.print(renderSummary(report, workspace, output))
    if (mode === 'seed' && flags.isSet('show')) await showSeeds(workspace, report, output)
    output.json(reportJson(report))
    return exitCode(report)
  } finally {
    progress.end()
  }
}

/** A pipeline that may fail without harm (skip-and-alert) is `partial` and no failure. */
function exitCode(report: RunReport): number {
  return report.nodes.some((node) => node.status === 'failed' || node.status === 'skipped') ? 1 : 0
}

function publishOf(text: string | undefined, { project }: Workspace): Publish {
  if (text === undefined) return project.publish
  if (text === 'after_tests' || text === 'immediately') return text
  throw new WaterworksError('WW7001', { message: `--publish takes after_tests or immediately, not ${text}` })
}

function threadsOf(text: string | undefined, { project, target }: Workspace): number {
  const threads = text === undefined ? (target.threads ?? project.threads) : Number(text)
  if (Number.isInteger(threads) && threads > 0 && threads <= 256) return threads
  throw new WaterworksError('WW7001', {
    message: `--threads takes a whole number from 1 to 256, not ${text}`,
  })
}
