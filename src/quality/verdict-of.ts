import type { Check, CheckStatus } from './check.ts'

export interface Exceeded {
  readonly isError: boolean
  readonly isWarning: boolean
}

/** What is made of what a check counted, by its severity; a warning is a failure where warnings are. */
export function verdictOf(
  { severity, warningsFail }: Pick<Check, 'severity' | 'warningsFail'>,
  { isError, isWarning }: Exceeded,
): Exclude<CheckStatus, 'error' | 'skipped'> {
  if (severity === 'error' && isError) return 'fail'
  if (!isWarning) return 'pass'
  return warningsFail === true ? 'fail' : 'warn'
}
