import type { ColumnChange } from '../drift/column-change.ts'
import type { Graph } from '../graph/graph.ts'

/** Everything a plan is made of. */
export interface PlanInput {
  readonly graph: Graph
  /** Unique ids. */
  readonly selection: ReadonlySet<string>
  readonly mode: 'build' | 'ingest' | 'test' | 'retry' | 'run' | 'seed' | 'snapshot'
  readonly target: string
  /** When models are published; after their checks unless given. */
  readonly publish?: 'after_tests' | 'immediately'
  /** The last success of each node on this target, by unique id. */
  readonly successes: ReadonlyMap<string, PastSuccess>
  /** What has arrived and is not loaded yet, by the pipeline's unique id. */
  readonly sourceNews: ReadonlyMap<string, SourceNews>
  /** How sources that were looked at differ from what was loaded of them, by the pipeline's unique id. */
  readonly drift?: ReadonlyMap<string, readonly TableDrift[]>
  /** Leave out what is not new; pipelines are asked all the same. */
  readonly reuse?: boolean
  /** Unique ids of nodes whose relation is gone from the warehouse, as far as somebody looked. */
  readonly missing?: ReadonlySet<string>
  /** Of what is selected only these, as they did not succeed in the run that is done again; and what gates them. */
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

/** What became of the columns of one table since it was loaded. */
export interface TableDrift {
  readonly stream: string
  /** Full name of the table that the stream fills. */
  readonly relation: string
  readonly changes: readonly ColumnChange[]
  /** Rows with a value that is new to the table, by column as it arrives; absent where nobody counted. */
  readonly rows?: ReadonlyMap<string, number> | undefined
}
