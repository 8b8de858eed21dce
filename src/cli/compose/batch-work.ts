import { eventTime } from '../../dbt/reading/event-time.ts'
import type { PreviousRun } from '../../dbt/retry/previous-run.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { BatchWork } from '../../run/dbt/dbt-work.ts'
import type { Flags, OptionSpec } from '../command.ts'
import type { Workspace } from './workspace.ts'

/** Of the commands that build microbatch models. */
export const eventTimeFlags: readonly OptionSpec[] = [
  {
    name: 'event-time-start',
    env: 'DBT_EVENT_TIME_START',
    type: 'string',
    value: 'TIME',
    help: 'Build microbatch models from this time on, of UTC: 2026-01-31, 2026-01-31T06:00:00.',
  },
  {
    name: 'event-time-end',
    env: 'DBT_EVENT_TIME_END',
    type: 'string',
    value: 'TIME',
    help: 'Build microbatch models up to this time.',
  },
]

/** What microbatch models are built for, as the flags say, or a sample, or the run that is retried. Throws WW7001. */
export function batchWorkOf(
  flags: Flags,
  workspace: Workspace,
  previous: PreviousRun | undefined,
): BatchWork {
  const { sample } = workspace.queries.reading
  const moment = (name: string) => {
    const text = flags.text(name)
    return text === undefined ? undefined : eventTime(text, `--${name}`)
  }
  const [start, end] = [moment('event-time-start'), moment('event-time-end')]
  const now = previous?.startedAt ?? new Date(workspace.now)
  if ((start === undefined) !== (end === undefined)) {
    throw new WaterworksError('WW7001', {
      message: '--event-time-start and --event-time-end go together',
    })
  }
  if (start !== undefined && end !== undefined && start >= end) {
    throw new WaterworksError('WW7001', { message: '--event-time-start is not before --event-time-end' })
  }
  return {
    times: { start: sample?.start ?? start, end: sample?.end ?? end, now },
    unfinished: previous?.batches ?? new Map(),
  }
}
