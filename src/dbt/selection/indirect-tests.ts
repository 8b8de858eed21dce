import { within } from './neighbours.ts'
import type { SelectionGraph } from './selection-graph.ts'
import type { IndirectSelection } from './selection-spec.ts'

export interface TestSelection {
  readonly direct: ReadonlySet<string>
  /** Tests of which a part of what they look at is selected: what is selected beside it may complete them. */
  readonly indirect: ReadonlySet<string>
}

/**
 * Adds the tests that look at what is selected. `eager` takes them all; `cautious` those that look at nothing else;
 * `buildable` those that look at nothing but what is selected, what is above it, and sources; `empty` none.
 */
export function expandTests(
  graph: SelectionGraph,
  selected: ReadonlySet<string>,
  indirectSelection: IndirectSelection,
): TestSelection {
  const direct = new Set(selected)
  const indirect = new Set<string>()
  if (indirectSelection === 'empty') return { direct, indirect }
  const buildable = indirectSelection === 'buildable' ? aboveAndSources(graph, selected) : undefined
  for (const id of selected) {
    for (const test of graph.children(id)) {
      if (!isTest(graph, test)) continue
      const complete =
        indirectSelection === 'eager' ||
        graph.parents(test).every((parent) => selected.has(parent) || buildable?.(parent))
      if (complete) direct.add(test)
      else indirect.add(test)
    }
  }
  return { direct, indirect }
}

/** Takes in the tests left aside that are complete now that selections are put together. Unit tests have but one parent. */
export function incorporateTests(
  graph: SelectionGraph,
  direct: ReadonlySet<string>,
  indirect: ReadonlySet<string>,
  indirectSelection: IndirectSelection,
): ReadonlySet<string> {
  if (indirect === direct || (indirectSelection !== 'cautious' && indirectSelection !== 'buildable'))
    return direct
  const reachable = indirectSelection === 'buildable' ? within(direct, graph.parents, undefined) : direct
  const taken = new Set(direct)
  for (const id of indirect) {
    if (graph.members.get(id)?.resource_type === 'unit_test') continue
    if (graph.parents(id).every((parent) => reachable.has(parent))) taken.add(id)
  }
  return taken
}

function aboveAndSources(graph: SelectionGraph, selected: ReadonlySet<string>): (id: string) => boolean {
  const above = within(selected, graph.parents, undefined)
  return (id) => above.has(id) || graph.members.get(id)?.resource_type === 'source'
}

function isTest(graph: SelectionGraph, id: string): boolean {
  const type = graph.members.get(id)?.resource_type
  return type === 'test' || type === 'unit_test'
}
