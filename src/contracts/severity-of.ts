import type { Severity } from '../quality/check.ts'
import { type Priority, priorityTerms } from '../quality/priority.ts'

const PRIORITIES = Object.keys(priorityTerms) as readonly Priority[]
const MILD = /^(?:warn|warning|minor|low|medium|info|information|notice)$/i

/**
 * What a contract's word for how grave a finding is means for a gate: P0 to P3 as they are defined, `warning`, `minor`, `info` and their
 * like warn, every other word and none holds back.
 */
export function severityOf(word: string | undefined): {
  readonly severity: Severity
  readonly priority?: Priority
} {
  const priority = PRIORITIES.find((each) => each === word?.toUpperCase())
  if (priority !== undefined) return { severity: priorityTerms[priority].severity, priority }
  return { severity: word !== undefined && MILD.test(word) ? 'warn' : 'error' }
}
