import type { Severity } from './check.ts'

/** How grave a finding is: P0 corrupts production, P1 breaks key data, P2 is about the rest, P3 is cosmetic. */
export type Priority = 'P0' | 'P1' | 'P2' | 'P3'

export interface PriorityTerms {
  /** What a failing check does: P0 alone stops the pipeline and rolls back. */
  readonly severity: Severity
  readonly effect: string
  readonly respondWithin: string
  readonly fixWithin: string
}

/** What each priority demands of the pipeline and of people. */
export const priorityTerms: Readonly<Record<Priority, PriorityTerms>> = Object.freeze({
  P0: {
    severity: 'error',
    effect: 'the pipeline stops and is rolled back; alert at once',
    respondWithin: 'at once',
    fixWithin: 'before anything is published',
  },
  P1: {
    severity: 'warn',
    effect: 'alert; a post-mortem is required',
    respondWithin: 'at once',
    fixWithin: '4 hours',
  },
  P2: {
    severity: 'warn',
    effect: 'monitoring is added',
    respondWithin: 'next sprint',
    fixWithin: 'next sprint',
  },
  P3: { severity: 'warn', effect: 'none', respondWithin: 'backlog', fixWithin: 'backlog' },
})

const GRAVE_SHARE = 0.01

/**
 * The priority of a finding of a check that names none: P0 where it stops the pipeline, else by the share of the rows that fail, P1 from
 * 1 % on and P2 below. Without a share, as of a bound on the whole relation, P1.
 */
export function findingPriority(severity: Severity, failures: number, judged: number | undefined): Priority {
  if (severity === 'error') return 'P0'
  if (judged === undefined || judged === 0) return 'P1'
  return failures / judged < GRAVE_SHARE ? 'P2' : 'P1'
}
