import type { RealChange } from '../../drift/column-change.ts'
import type { CheckResult } from '../../quality/check.ts'

/** Thrown inside the publishing transaction to roll it back: the load stays landed and is not published. */
export class LoadHeld extends Error {
  readonly checks: readonly CheckResult[]
  /** Where these are what holds it: columns that arrived other than the table has them. */
  readonly changes: readonly RealChange[]

  constructor(message: string, checks: readonly CheckResult[] = [], changes: readonly RealChange[] = []) {
    super(message)
    this.changes = changes
    this.name = 'LoadHeld'
    this.checks = checks
  }
}
