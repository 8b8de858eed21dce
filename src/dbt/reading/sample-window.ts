import { WaterworksError } from '../../errors/waterworks-error.ts'
import { isMapping } from '../../project/yaml/is-mapping.ts'
import { parseYaml } from '../../project/yaml/parse-yaml.ts'
import { BATCH_SIZES, type BatchSize } from './batch-size.ts'
import { eventTime } from './event-time.ts'
import { shiftTime } from './shift-time.ts'
import type { TimeWindow } from './time-window.ts'

/**
 * The time that --sample means: so many hours, days, months or years up to now ("3 days"), or a YAML mapping with `start` and
 * `end`. Throws WW7001 for anything else.
 */
export function sampleWindow(text: string, now: Date): TimeWindow {
  if (text.trimStart().startsWith('{')) return fixedWindow(text)
  const [count = '', grain = '', ...more] = text.split(' ')
  const size = BATCH_SIZES.find((each) => each === grain.toLowerCase().replace(/s+$/, ''))
  if (!/^-?\d+$/.test(count) || size === undefined || more.length > 0) {
    throw new WaterworksError('WW7001', {
      message: `--sample takes a number of hours, days, months or years, not ${text}`,
      hint: `Write --sample "3 days", or --sample "{'start': '2026-01-01', 'end': '2026-01-31'}".`,
    })
  }
  return { start: back(now, size, Number(count)), end: now }
}

function back(now: Date, size: BatchSize, count: number): Date {
  return shiftTime(now, size, -count)
}

function fixedWindow(text: string): TimeWindow {
  const given = parseYaml(text, '--sample', 'pyyaml')
  const { start, end } = isMapping(given) ? given : {}
  return { start: momentOf('start', start), end: momentOf('end', end) }
}

function momentOf(name: string, value: unknown): Date {
  if (value !== undefined && value !== null) return eventTime(String(value), `${name} of --sample`)
  throw new WaterworksError('WW7001', {
    message: `--sample has no ${name}`,
    hint: "A sample of a fixed time is {'start': '2026-01-01', 'end': '2026-01-31'}.",
  })
}
