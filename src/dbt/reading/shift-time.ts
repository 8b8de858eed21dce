import type { BatchSize } from './batch-size.ts'

const HOUR = 3_600_000

/**
 * A moment so many hours, days, months or years later, or earlier where the count is negative. Where a month has no such day, it
 * is the month's last.
 */
export function shiftTime(moment: Date, size: BatchSize, count: number): Date {
  if (size === 'hour') return new Date(moment.getTime() + count * HOUR)
  if (size === 'day') return new Date(moment.getTime() + count * 24 * HOUR)
  const months = size === 'month' ? count : 12 * count
  const shifted = new Date(moment)
  shifted.setUTCDate(1)
  shifted.setUTCMonth(shifted.getUTCMonth() + months)
  const last = new Date(Date.UTC(shifted.getUTCFullYear(), shifted.getUTCMonth() + 1, 0)).getUTCDate()
  shifted.setUTCDate(Math.min(moment.getUTCDate(), last))
  return shifted
}
