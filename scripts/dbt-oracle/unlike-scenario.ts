import type { Outcome } from './outcome.ts'
import type { Scenario, Step } from './scenario.ts'

const MOST_SHOWN = 1500

/** In what dbt does not end as a scenario says: a fixture that proves something else than it is for. */
export function unlikeScenario({ steps }: Scenario, outcomes: readonly Outcome[]): readonly string[] {
  return steps.flatMap((step, i) =>
    unlikeStep(step, outcomes[i]!).map((problem) => `${step.run.join(' ')}: ${problem}`),
  )
}

/** How many results there are of each status. */
export function countStatuses({ results }: Pick<Outcome, 'results'>): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { status } of results ?? []) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

function unlikeStep({ exit, results, says }: Step, outcome: Outcome): readonly string[] {
  const problems: string[] = []
  if (outcome.exitCode !== exit)
    problems.push(`ended with ${outcome.exitCode}\n${outcome.output.slice(-MOST_SHOWN)}`)
  const counts = show(countStatuses(outcome))
  if (results !== undefined && show(results) !== counts) problems.push(`results were ${counts}`)
  if (says !== undefined && !outcome.output.includes(says)) problems.push(`does not say “${says}”`)
  return problems
}

function show(counts: Readonly<Record<string, number>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(counts).toSorted()))
}
