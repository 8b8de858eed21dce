import { compareOutcomes } from './compare-outcomes.ts'
import type { Difference } from './difference.ts'
import type { Outcome } from './outcome.ts'
import type { Scenario } from './scenario.ts'

/** Commands whose answer is what they print. */
const ANSWERING = new Set(['ls', 'list', 'show'])

/** A difference, and the step that it was seen after, from 1. */
export interface FixtureDifference extends Difference {
  readonly step: number
}

/** Everything in which Waterworks did not do with a fixture as dbt did. */
export function compareFixture(
  { steps, compiled }: Scenario,
  expected: readonly Outcome[],
  got: readonly Outcome[],
): readonly FixtureDifference[] {
  return steps.flatMap(({ run }, i) =>
    compareOutcomes(expected[i]!, got[i]!, { compiled, printed: ANSWERING.has(run[0]!) }).map(
      (difference) => ({
        ...difference,
        step: i + 1,
      }),
    ),
  )
}
