import type { RelationName } from '../context/relation-name.ts'
import type { TimeWindow } from './time-window.ts'

/** From where, and how much, the nodes of one command read of what they refer to. */
export interface Reading {
  /** --defer: where nodes are read that are not to be read where this project builds them, by unique id. */
  readonly elsewhere: ReadonlyMap<string, RelationName>
  /** --empty: no row of anything. */
  readonly empty: boolean
  /** --sample: only rows of this time, of what has an `event_time`. */
  readonly sample: TimeWindow | undefined
}

/** Everything, where the project builds it. */
export const plainReading: Reading = { elsewhere: new Map(), empty: false, sample: undefined }
