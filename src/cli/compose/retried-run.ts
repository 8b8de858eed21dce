import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type PreviousRun, parsePreviousRun } from '../../dbt/retry/previous-run.ts'
import { retriedArgs } from '../../dbt/retry/retried-args.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { findProjectRoot } from '../../project/find-project-root.ts'
import type { RunSummary } from '../../state/state-store.ts'
import type { Flags, Invocation } from '../command.ts'
import { flagsOf } from '../parse-flags.ts'
import { flagValuesOf, invocationArgs } from './invocation-args.ts'
import { lastRun, unfinishedOf } from './last-run.ts'
import { withRecordedState } from './recorded-state.ts'
import { targetFolder } from './target-folder.ts'

/** A run that is to be done again, as far as it did not succeed. */
export interface RetriedRun {
  /** dbt's name of its command; `retry` of a run that left no run_results.json. */
  readonly command: string
  /** What it is called with now. */
  readonly flags: Flags
  readonly unfinished: ReadonlySet<string>
  /** Of a run_results.json. */
  readonly previous: PreviousRun | undefined
}

/**
 * The run that `retry` means: the run_results.json of --state or of the target folder, with what was recorded of the same run besides; or,
 * where a later run was recorded that left none, that one. Throws WW5005 when nothing has run, WW1304 when --state has no
 * run_results.json, and WW1305.
 */
export async function retriedRun({ flags }: Invocation): Promise<RetriedRun> {
  const start = flags.text('project-dir')
  const root = findProjectRoot(start === undefined ? process.cwd() : resolve(start))
  const previous = readPrevious(root, flags)
  const recorded = flags.text('state') === undefined ? await lastRecorded(root, previous, flags) : undefined
  if (previous !== undefined && (recorded === undefined || !isOther(recorded, previous, flags))) {
    return ofResults(previous, recorded, flags)
  }
  if (recorded === undefined) throw new WaterworksError('WW5005', { message: 'nothing has run yet' })
  const on = flagsOf({ ...flags.all, target: recorded.target })
  return { command: 'retry', flags: on, unfinished: unfinishedOf(recorded), previous: undefined }
}

function ofResults(previous: PreviousRun, recorded: RunSummary | undefined, flags: Flags): RetriedRun {
  const isSame = recorded !== undefined && recorded.runId === previous.invocationId
  const own = isSame ? unfinishedOf(recorded) : []
  const given = invocationArgs(flags, undefined, new Date().toISOString())
  const { select, exclude, selector, models, resource_types, exclude_resource_types, ...args } = retriedArgs(
    previous.args,
    given,
  )
  return {
    command: previous.command,
    flags: flagsOf({ ...flagValuesOf(args), ...mannersOf(flags) }),
    unfinished: new Set([...previous.unfinished, ...own]),
    previous,
  }
}

function readPrevious(root: string, flags: Flags): PreviousRun | undefined {
  const state = flags.text('state')
  const folder = state ?? targetFolder(root, flags)
  const file = join(resolve(root, folder), 'run_results.json')
  if (existsSync(file))
    return parsePreviousRun(readFileSync(file, 'utf8'), file, { warnError: flags.isSet('warn-error') })
  if (state === undefined) return undefined
  throw new WaterworksError('WW1304', { message: `There is no run_results.json in ${state} to retry.` })
}

function lastRecorded(
  root: string,
  previous: PreviousRun | undefined,
  flags: Flags,
): Promise<RunSummary | undefined> {
  const target = flags.text('target') ?? previous?.args['target']
  return withRecordedState<RunSummary | undefined>({ home: join(root, '.waterworks') }, undefined, (state) =>
    lastRun(state, typeof target === 'string' ? target : undefined),
  )
}

/** Whether another run than that of the artefacts is meant: a later one that left none, or one on another target. */
function isOther(
  recorded: RunSummary,
  { invocationId, startedAt, args }: PreviousRun,
  flags: Flags,
): boolean {
  if (recorded.runId === invocationId) return false
  const target = flags.text('target')
  if (target !== undefined && args['target'] !== target) return true
  return startedAt === undefined || Date.parse(recorded.startedAt) > startedAt.getTime()
}

/** How the command that retries speaks is its own affair. */
function mannersOf({ all }: Flags): Readonly<Record<string, unknown>> {
  const manners = ['json', 'quiet', 'log-format', 'no-color', 'debug', 'publish', 'fail-fast']
  return Object.fromEntries(manners.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])))
}
