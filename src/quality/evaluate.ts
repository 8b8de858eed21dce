import type { Check, CheckResult } from './check.ts'
import type { Verdict } from './check-code.ts'
import { describeRule } from './describe-rule.ts'
import { findingPriority } from './priority.ts'
import { isTolerated } from './tolerance.ts'
import { verdictOf } from './verdict-of.ts'

/** A check's result from its verdict, or from those of its segments. */
export function evaluate(check: Check, verdicts: readonly Verdict[]): Omit<CheckResult, 'seconds'> {
  const judged = verdicts.map((verdict) => ({ verdict, ...exceeded(check, verdict) }))
  const failing = judged.filter(({ isError, isWarning }) => isError || isWarning)
  const failures = verdicts.reduce((sum, verdict) => sum + verdict.failures, 0)
  const status = verdictOf(check, {
    isError: failing.some(({ isError }) => isError),
    isWarning: failing.some(({ isWarning }) => isWarning),
  })
  const base = { name: check.name, status, failures }
  const [first] = failing
  if (!first) return { ...base, message: verdicts[0]?.problem ?? describeRule(check.rule) }
  const told = first.verdict.problem ?? describeRule(check.rule)
  const message =
    check.by === undefined
      ? told
      : `${describeRule(check.rule)}: not so in ${failing.length} of ${verdicts.length} segments by ${check.by.join(', ')}`
  const priority = check.priority ?? findingPriority(check.severity, failures, rowsOf(verdicts))
  return { ...base, message, ...(status === 'pass' ? {} : { priority }) }
}

function exceeded({ tolerance }: Check, { failures, judged, verdict }: Verdict) {
  if (verdict) return verdict
  const isTooMuch = failures !== 0 && !isTolerated(tolerance, failures, judged ?? 0)
  return { isError: isTooMuch, isWarning: isTooMuch }
}

function rowsOf(verdicts: readonly Verdict[]): number | undefined {
  return verdicts.some(({ judged }) => judged === undefined)
    ? undefined
    : verdicts.reduce((sum, { judged = 0 }) => sum + judged, 0)
}
