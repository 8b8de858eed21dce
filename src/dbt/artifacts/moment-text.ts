/** A moment as dbt's artifacts write it: UTC to the microsecond, `2026-01-31T06:00:00.125000Z`. */
export function momentText(moment: Date): string {
  return microsText(moment.getTime() * 1000)
}

/** The same of microseconds since 1970. */
export function microsText(micros: number): string {
  const ms = Math.floor(micros / 1000)
  return new Date(ms).toISOString().replace('Z', `${String(micros - ms * 1000).padStart(3, '0')}Z`)
}
