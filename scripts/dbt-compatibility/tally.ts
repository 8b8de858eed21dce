import type { Outcome, RunResult } from '../dbt-oracle/outcome.ts'

/** How the nodes of all commands on a project ended. */
export interface Tally {
  readonly nodes: number
  readonly passed: number
  readonly failed: readonly Pick<RunResult, 'unique_id' | 'status' | 'message'>[]
  readonly skipped: number
  readonly seconds: number
}

const PASSED = new Set(['success', 'pass', 'warn', 'no-op'])
const SKIPPED = new Set(['skipped', 'partial success'])

/** Counts what became of each node that was run, command by command. */
export function tally(outcomes: readonly Outcome[]): Tally {
  const results = outcomes.flatMap((outcome) => outcome.results ?? [])
  return {
    nodes: results.length,
    passed: results.filter(({ status }) => PASSED.has(status)).length,
    failed: results.filter(({ status }) => !PASSED.has(status) && !SKIPPED.has(status)),
    skipped: results.filter(({ status }) => SKIPPED.has(status)).length,
    seconds: outcomes.reduce((sum, { seconds }) => sum + seconds, 0),
  }
}
