import { compareOutcomes } from './compare-outcomes.ts'
import type { Difference } from './difference.ts'
import type { Outcome } from './outcome.ts'
import type { Scenario } from './scenario.ts'

/** Commands that only look, and those whose answer is what they print. */
const LOOKING = new Set(['ls', 'list', 'show', 'source'])
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
  return steps.flatMap(({ run }, i) => {
    const command = run[0]!
    const comparison = { compiled, printed: ANSWERING.has(command), looks: LOOKING.has(command) }
    return compareOutcomes(expected[i]!, got[i]!, comparison).map((one) => ({ ...one, step: i + 1 }))
  })
}
