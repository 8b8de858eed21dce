/** PostgreSQL's query_canceled. */
const CANCELLED = '57014'

/** Whether an engine's error says that a statement was stopped from outside, which says nothing of the statement. */
export function isInterrupt(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && error.code === CANCELLED) return true
  if (/INTERRUPT Error|^Interrupted!?$/i.test(error.message)) return true
  return isInterrupt(error.cause)
}
