import type { ExpectationContext, ExpectationPlan } from './expectation-plan.ts'

/** One type of expectation. */
export interface ExpectationDefinition {
  /** The check of ours that demands the same, for the documentation. */
  readonly ours: string
  /** Throws Refusal where the kwargs cannot be judged. */
  readonly compile: (context: ExpectationContext) => ExpectationPlan
}

export type ExpectationTable = Readonly<Record<string, ExpectationDefinition>>
