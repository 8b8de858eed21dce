import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { ManifestNode } from '../manifest/manifest-node.ts'
import { BATCH_SIZES, type BatchSize } from '../reading/batch-size.ts'
import { eventTime } from '../reading/event-time.ts'
import { shiftTime } from '../reading/shift-time.ts'
import type { TimeWindow } from '../reading/time-window.ts'
import { ceilingTime, truncateTime } from './batch-time.ts'

/** The time for which microbatch models are built. */
export interface BatchTimes {
  /** --event-time-start, or the start of a sample. */
  readonly start: Date | undefined
  /** --event-time-end, or the end of a sample. */
  readonly end: Date | undefined
  /** What is the end unless one is said: when the run began, or the run that is retried. */
  readonly now: Date
}

type Configured = Pick<ManifestNode, 'name' | 'config'>

/** Whether a model is built in batches of time. */
export function isMicrobatch({ config }: Pick<ManifestNode, 'config'>): boolean {
  return config['materialized'] === 'incremental' && config['incremental_strategy'] === 'microbatch'
}

/** How long the batches of a model are. Throws WW1212. */
export function batchSizeOf({ name, config }: Configured): BatchSize {
  const size = BATCH_SIZES.find((each) => each === config['batch_size'])
  if (size !== undefined) return size
  throw new WaterworksError('WW1212', {
    message: `The microbatch model "${name}" has no batch_size.`,
    hint: `It is one of ${BATCH_SIZES.join(', ')}.`,
  })
}

/**
 * The batches that a microbatch model is built in, from first to last: from the start that is asked for; else, of a table that is
 * there, from `lookback` batches before the last; else from `begin`. The last one ends with the end. Throws WW1212 for a model that
 * does not say enough.
 */
export function batchesOf(
  model: Configured,
  times: BatchTimes,
  isIncremental: boolean,
): readonly TimeWindow[] {
  const size = batchSizeOf(model)
  const end = ceilingTime(times.end ?? times.now, size)
  const batches: TimeWindow[] = []
  let start = startOf(model, size, times, end, isIncremental)
  do {
    const next = shiftTime(start, size, 1)
    batches.push({ start, end: next })
    start = next
  } while (start < end)
  batches.push({ start: batches.pop()!.start, end })
  return batches
}

function startOf(
  { name, config }: Configured,
  size: BatchSize,
  { start }: BatchTimes,
  end: Date,
  isIncremental: boolean,
): Date {
  if (start !== undefined) return truncateTime(start, size)
  if (isIncremental) {
    const lookback =
      config['lookback'] === undefined || config['lookback'] === null ? 1 : Number(config['lookback'])
    // The end is where a batch ends, so that the last batch is the one before it.
    return shiftTime(end, size, -(lookback + 1))
  }
  const begin = config['begin']
  if (begin === undefined || begin === null) {
    throw new WaterworksError('WW1212', {
      message: `The microbatch model "${name}" has no begin.`,
      hint: 'It says from when on the table is built: begin: 2026-01-01.',
    })
  }
  return truncateTime(eventTime(String(begin), `begin of the model "${name}"`), size)
}
