import { runWorkspace } from '../cli/compose/run-workspace.ts'
import type { Event } from '../events/event.ts'
import type { Project } from '../project/project.ts'
import type { RunReport } from '../run/run-report.ts'
import type { StreamProgress } from '../run/stream-progress.ts'
import { openWorkspace } from './open-workspace.ts'
import type { PlanOptions } from './plan.ts'

export interface RunOptions extends PlanOptions {
  /** `build` (unless given) does everything, `ingest` pipelines only, `test` checks of what is published. */
  readonly command?: 'build' | 'ingest' | 'test' | 'retry' | undefined
  /** How many nodes may run side by side; the target's or the project's unless given. */
  readonly threads?: number | undefined
  /** Leave out what has neither new code nor new data; false unless given. */
  readonly reuse?: boolean | undefined
  /** Start nothing more after the first failure; false unless given. */
  readonly failFast?: boolean | undefined
  /** Hears every event at once, with secrets masked. */
  readonly onEvent?: ((event: Event) => void) | undefined
  /** Hears how far extractions are. */
  readonly onProgress?: ((progress: StreamProgress) => void) | undefined
  /** Aborted to stop the run in good order: what is running is rolled back, what was published stays. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs a project as the command of the same name does: loads, builds, checks and publishes. What fails is in the report;
 * times are in seconds. The run is recorded like any other, and `waterworks runs` shows it.
 *
 * Throws only what keeps a run from starting: as `plan`; WW5004 when another process writes to the target, WW5005 when
 * there is nothing to retry, WW3002 and WW3003 when the warehouse cannot be reached.
 */
export async function run(project: Project, options: RunOptions = {}): Promise<RunReport> {
  const workspace = await openWorkspace(project, options)
  const { select = [], exclude = [], log = () => undefined } = options
  const request = {
    mode: options.command ?? 'build',
    selection: { select, exclude },
    threads: options.threads ?? workspace.target.threads ?? project.threads,
    reuse: options.reuse,
    failFast: options.failFast ?? false,
    listener: options.onEvent ?? (() => undefined),
    progress: options.onProgress,
    signal: options.signal ?? new AbortController().signal,
  }
  return runWorkspace(workspace, request, { warning: (error) => log(error.message), log })
}
