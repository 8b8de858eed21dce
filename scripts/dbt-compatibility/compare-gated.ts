import type { Outcome, RunResult } from '../dbt-oracle/outcome.ts'

/** What gates made of a project's nodes, beside what came of them when they were published at once. */
export interface GatedComparison {
  /** Nodes of which the project's own failing tests decide: they are not published, or skipped. */
  readonly held: readonly string[]
  /** Nodes that ended otherwise, and that no failing test is a reason for. */
  readonly unexplained: readonly string[]
}

/** Of tests: those that could not be judged hold back what they gate as well. */
const HOLDING = new Set(['fail', 'error', 'runtime error', 'skipped'])

/**
 * Compares the results of each command. A test that fails, or is skipped because something that it looks at failed, holds back
 * what it looks at, and what is downstream of that is skipped, with its tests; nothing else is to be different.
 */
export function compareGated(atOnce: readonly Outcome[], gated: readonly Outcome[]): GatedComparison {
  const held = new Set<string>()
  const unexplained = new Set<string>()
  for (const [i, outcome] of atOnce.entries()) {
    const results = outcome.results ?? []
    const others = new Map((gated[i]?.results ?? []).map((result) => [result.unique_id, result]))
    const below = belowFailingTests(results, outcome)
    for (const id of below) held.add(id)
    for (const result of results) {
      const other = others.get(result.unique_id)
      if (other?.status === result.status && other.failures === result.failures) continue
      if (held.has(result.unique_id) || isSparedUnitTest(result)) continue
      unexplained.add(`${result.unique_id}: ${result.status}, gated ${other?.status ?? 'not run'}`)
    }
  }
  const differing = [...held].filter((id) =>
    atOnce.some((outcome, i) => statusOf(outcome, id) !== statusOf(gated[i], id)),
  )
  return { held: differing, unexplained: [...unexplained] }
}

/** Published at once, one unit test that fails is enough; with gates all of a model's are run. */
function isSparedUnitTest({ unique_id: id, status }: RunResult): boolean {
  return id.startsWith('unit_test.') && status === 'skipped'
}

/** What failing tests look at, what reads it, and the tests of all that. */
function belowFailingTests(results: readonly RunResult[], { manifest }: Outcome): ReadonlySet<string> {
  const parents = mapOf(manifest?.['parent_map'])
  const children = mapOf(manifest?.['child_map'])
  const below = new Set<string>()
  const add = (id: string): void => {
    if (below.has(id)) return
    below.add(id)
    for (const child of children(id)) add(child)
  }
  for (const { unique_id: id, status } of results) {
    if (id.startsWith('test.') && HOLDING.has(status)) for (const parent of parents(id)) add(parent)
  }
  return below
}

function statusOf(outcome: Outcome | undefined, id: string): string | undefined {
  return outcome?.results?.find(({ unique_id }) => unique_id === id)?.status
}

function mapOf(value: unknown): (id: string) => readonly string[] {
  const map = new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
  return (id) => {
    const ids: unknown = map.get(id)
    return Array.isArray(ids) ? ids.filter((one) => typeof one === 'string') : []
  }
}
