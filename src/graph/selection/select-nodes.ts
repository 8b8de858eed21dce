import { chooseSpec, type SelectionRequest } from '../../dbt/selection/choose-spec.ts'
import type { PreviousState } from '../../dbt/selection/comparison/previous-state.ts'
import { type Selection, selectMembers } from '../../dbt/selection/select-members.ts'
import type { Selectors } from '../../dbt/selection/selectors.ts'
import type { Graph } from '../graph.ts'
import { selectionGraphOf } from './selection-graph-of.ts'

export type { Selection } from '../../dbt/selection/select-members.ts'

/** What is selected, and what the selection may look at besides the graph. */
export interface NodeSelection extends SelectionRequest {
  readonly selectors?: Selectors
  readonly previous?: PreviousState
  /** Kinds of nodes, in dbt's words and ours; undefined for all. */
  readonly resourceTypes?: ReadonlySet<string> | undefined
  /** Whether models with nothing in their file are wanted, too. */
  readonly withEmpty?: boolean
  readonly now?: Date
}

/**
 * The nodes a request means, in dbt's selection syntax: names, wildcards, methods (`tag:`, `path:`, …) and the graph
 * operators `+x`, `x+`, `2+x+1`, `@x`. A pipeline brings the tables it fills; checks come along with whatever they look at, and go
 * with what is excluded. Throws WW1301, WW1302 and WW1308 for what cannot be read, WW1304 where there is nothing to compare with, and
 * WW1306 where a versioned model breaks its contract.
 */
export function selectNodes(graph: Graph, request: NodeSelection): Selection {
  const selectors = request.selectors ?? []
  return selectMembers(selectionGraphOf(graph), chooseSpec(request, selectors), {
    selectors,
    previous: request.previous ?? {},
    resourceTypes: request.resourceTypes,
    withEmpty: request.withEmpty ?? true,
    now: request.now ?? new Date(),
  })
}
