import type { CheckResult } from '../../quality/check.ts'

/** Thrown inside the publishing transaction to roll it back: the load stays landed and is not published. */
export class LoadHeld extends Error {
  readonly checks: readonly CheckResult[]

  constructor(message: string, checks: readonly CheckResult[] = []) {
    super(message)
    this.name = 'LoadHeld'
    this.checks = checks
  }
}
