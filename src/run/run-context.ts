import type { Connector } from '../connectors/connector.ts'
import type { Engine } from '../engines/engine.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Graph } from '../graph/graph.ts'
import type { LandingZone } from '../landing/landing-zone.ts'
import type { Pipeline } from '../project/pipeline.ts'
import type { Project } from '../project/project.ts'
import type { Pseudonyms } from '../transform/pseudonyms.ts'
import type { DbtWork } from './dbt/dbt-work.ts'
import type { KnownLoads } from './load/known-loads.ts'
import type { SessionPool } from './session-pool.ts'
import type { StreamProgress } from './stream-progress.ts'

/** What every task of a run is given. */
export interface RunContext {
  readonly project: Project
  readonly graph: Graph
  readonly engine: Engine
  readonly dbt: DbtWork
  readonly sessions: SessionPool
  /** A DuckDB engine that reads landed files where the warehouse cannot: `engine` itself where it can. */
  readonly reader: Engine
  /** What the warehouse has loaded. */
  readonly known: KnownLoads
  /** The connector of a pipeline, opened once a run and closed by whoever made the context. */
  readonly connect: (pipeline: Pipeline) => Promise<Connector>
  /** What puts hashes and tokens in the place of values, by the project's keys. */
  readonly pseudonyms: Pseudonyms
  readonly landing: LandingZone
  readonly events: EventLog
  /** Hears how far extractions are, where somebody watches. */
  readonly progress?: ((progress: StreamProgress) => void) | undefined
  readonly runId: string
  /** The run's clock, ISO 8601 UTC: one moment for the whole run. */
  readonly now: string
  /** Aborted when the run is to stop. */
  readonly signal: AbortSignal
  /** Whether keys are compared with their sources now, due or not. */
  readonly reconcile?: boolean
  /** Folder for rows that failed gates in this run. */
  readonly evidence: string
}
