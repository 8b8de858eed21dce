import type { Check } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { compileCheck } from './compile-check.ts'
import type { MetricStep } from './plan/metric-plan.ts'
import { planMetrics, planSegments } from './plan/plan-metrics.ts'

export interface CompiledCheck {
  readonly check: Check
  readonly code: CheckCode
  /** Of a check per segment: the step whose rows are the segments. */
  readonly segments?: MetricStep
}

export interface CompiledChecks {
  readonly checks: readonly CompiledCheck[]
  /** The queries that answer the metrics of all checks that are not per segment. */
  readonly steps: readonly MetricStep[]
}

/**
 * Checks of one relation as few queries as can be. Row rules, recency and row counts share one scan of the relation, and what several
 * checks ask is asked once. When the engine refuses a shared query, asking its metrics one by one tells which is to blame.
 */
export function compileChecks(checks: readonly Check[], target: CheckTarget): CompiledChecks {
  const compiled = checks.map((check): CompiledCheck => {
    const code = compileCheck(check, target)
    if (check.by === undefined || check.by.length === 0) return { check, code }
    return { check, code, segments: planSegments(code.metrics, check.by, target) }
  })
  const shared = compiled.filter(({ segments }) => segments === undefined)
  const { steps } = planMetrics(
    shared.flatMap(({ code }) => code.metrics),
    target,
  )
  return { checks: compiled, steps }
}
