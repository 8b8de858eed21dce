import type { CheckResult } from '../quality/check.ts'
import type { Built } from './node-report.ts'
import { blocks } from './run-checks.ts'

/** Thrown inside the publishing transaction: the previous version stays. */
export class GateFailed extends Error {
  readonly checks: readonly CheckResult[]

  constructor(checks: readonly CheckResult[]) {
    super('gate failed')
    this.checks = checks
  }
}

/** What is said of a node whose gate failed. */
export function gateFailure({ checks }: GateFailed): Built {
  const names = checks.filter(blocks).map((result) => result.name)
  const message = `${names.join(', ')} failed; the previous version stays published`
  return { status: 'failed', rows: 0, ledger: undefined, checks, published: [], message }
}
