/** A stretch of time, its end not in it. */
export interface TimeWindow {
  readonly start: Date
  readonly end: Date
}

/** What both windows have in common; empty when its end is not after its start. */
export function overlap(a: TimeWindow, b: TimeWindow): TimeWindow {
  return {
    start: new Date(Math.max(a.start.getTime(), b.start.getTime())),
    end: new Date(Math.min(a.end.getTime(), b.end.getTime())),
  }
}

/** The condition that a column of times lies in a window, written as dbt writes it. */
export function windowCondition(column: string, { start, end }: TimeWindow): string {
  return `${column} >= '${pythonTime(start)}' and ${column} < '${pythonTime(end)}'`
}

/** As Python prints a datetime of UTC: `2026-01-02 00:00:00+00:00`. */
export function pythonTime(moment: Date): string {
  const [date, time = ''] = moment.toISOString().split('T')
  const [seconds, millis] = time.replace('Z', '').split('.')
  return `${date} ${seconds}${millis === '000' ? '' : `.${millis}000`}+00:00`
}
