import type { Graph } from '../graph/graph.ts'

/** Everything a plan is made of. */
export interface PlanInput {
  readonly graph: Graph
  /** Unique ids. */
  readonly selection: ReadonlySet<string>
  readonly mode: 'build' | 'ingest' | 'test' | 'retry'
  readonly target: string
  /** The last success of each node on this target, by unique id. */
  readonly successes: ReadonlyMap<string, PastSuccess>
  /** What has arrived and is not loaded yet, by the pipeline's unique id. */
  readonly sourceNews: ReadonlyMap<string, SourceNews>
  /** In a retry: the nodes of the earlier run to do again. */
  readonly retry?: ReadonlySet<string>
  /** ISO 8601, UTC. */
  readonly now: string
}

export interface PastSuccess {
  readonly fingerprint: string
  /** When it was published; ISO 8601, UTC. */
  readonly at: string
}

export interface SourceNews {
  readonly newParts: number
  /** In words, such as "2 new files". */
  readonly summary: string
}
