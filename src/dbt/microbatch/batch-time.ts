import type { BatchSize } from '../reading/batch-size.ts'
import { shiftTime } from '../reading/shift-time.ts'

/** The beginning of the hour, day, month or year that a moment is in, by UTC. */
export function truncateTime(moment: Date, size: BatchSize): Date {
  const text = moment.toISOString()
  switch (size) {
    case 'hour':
      return new Date(`${text.slice(0, 13)}:00:00Z`)
    case 'day':
      return new Date(`${text.slice(0, 10)}T00:00:00Z`)
    case 'month':
      return new Date(`${text.slice(0, 7)}-01T00:00:00Z`)
    case 'year':
      return new Date(`${text.slice(0, 4)}-01-01T00:00:00Z`)
  }
}

/** The moment itself where an hour, day, month or year begins with it, else the beginning of the next. */
export function ceilingTime(moment: Date, size: BatchSize): Date {
  const start = truncateTime(moment, size)
  return start.getTime() === moment.getTime() ? moment : shiftTime(start, size, 1)
}

const LENGTHS: Readonly<Record<BatchSize, number>> = { hour: 13, day: 10, month: 7, year: 4 }

/** What dbt calls a batch in messages and files: `2026-01-31`, `2026-01-31T06`, `2026-01`, `2026`. */
export function batchName(start: Date, size: BatchSize): string {
  return start.toISOString().slice(0, LENGTHS[size])
}

/** dbt's id of a batch: `20260131`. */
export function batchId(start: Date, size: BatchSize): string {
  return batchName(start, size).replaceAll('-', '')
}
