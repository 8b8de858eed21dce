/** A moment as dbt's artifacts write it: UTC to the microsecond, `2026-01-31T06:00:00.125000Z`. */
export function momentText(moment: Date): string {
  return moment.toISOString().replace('Z', '000Z')
}
