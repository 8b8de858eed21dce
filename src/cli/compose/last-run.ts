import type { RunSummary, StateStore } from '../../state/state-store.ts'

/** The commands whose runs can be retried; others (a replay) are recorded as runs as well. */
const RETRIABLE: ReadonlySet<string> = new Set([
  'build',
  'ingest',
  'test',
  'retry',
  'run',
  'seed',
  'snapshot',
])
/** How many runs back the last one that can be retried is looked for. */
const RUNS_BACK = 100

/** The last run that can be retried, on one target or on any. */
export async function lastRun(
  state: StateStore,
  target: string | undefined,
): Promise<RunSummary | undefined> {
  const runs = await state.runs({
    limit: RUNS_BACK,
    tasks: false,
    ...(target === undefined ? {} : { target }),
  })
  const last = runs.find((run) => RETRIABLE.has(run.command))
  return last && state.run(last.runId)
}

/** Unique ids of what a run did not end well, or did not come to. */
export function unfinishedOf({ tasks }: RunSummary): ReadonlySet<string> {
  return new Set(
    tasks.filter(({ status }) => status !== 'success' && status !== 'reused').map(({ node }) => node),
  )
}
