import { plainReading, type Reading } from '../../dbt/reading/reading.ts'
import { sampleWindow } from '../../dbt/reading/sample-window.ts'
import type { Flags } from '../command.ts'

/** What --empty and --sample leave of what is read; where it is read is known once the project is compiled. Throws WW7001. */
export function readingOf(flags: Flags, now: string): Reading {
  const sample = flags.text('sample')
  return {
    ...plainReading,
    empty: flags.isSet('empty'),
    sample: sample === undefined ? undefined : sampleWindow(sample, new Date(now)),
  }
}
