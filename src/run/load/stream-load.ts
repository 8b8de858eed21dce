import type { Engine, Session } from '../../engines/engine.ts'
import type { Relation } from '../../engines/relation.ts'
import type { LandedPart } from '../../landing/landed-part.ts'
import type { Pipeline } from '../../project/pipeline.ts'
import type { Check } from '../../quality/check.ts'
import type { Pseudonyms } from '../../transform/pseudonyms.ts'

/** One stream's landed parts on their way into its table. */
export interface StreamLoad {
  readonly engine: Engine
  /** The session whose transaction publishes. */
  readonly session: Session
  /** A DuckDB session that reads landed files: `session` itself where the engine scans files. */
  readonly reader: Session
  readonly pipeline: Pipeline
  readonly stream: string
  readonly target: Relation
  /** Where the tables are that the stages look up, as they name them. */
  readonly lookups?: Readonly<Record<string, Relation>>
  readonly parts: readonly LandedPart[]
  /** Whether an earlier read of rows that was cut off left some of the parts: others may bring the same rows. */
  readonly resumed?: boolean
  readonly dataFile: (part: LandedPart) => string
  /** The connector's position once these parts are loaded. */
  readonly position: string
  /** Checks of the graph that gate this load, beside the pipeline's own. */
  readonly gates: readonly { readonly check: Check; readonly relation: Relation | undefined }[]
  readonly runId: string
  /** The run's clock, ISO 8601 UTC. */
  readonly now: string
  /** The greatest incremental key (or event time) loaded before, as text. */
  readonly watermark: string | null
  /** What puts hashes and tokens in the place of values, where stages ask for it. */
  readonly pseudonyms: Pseudonyms
  /** Folder for rows that failed gates. */
  readonly evidence: string
  /** Further statements of the publishing transaction (a replay marks its quarantine rows). */
  readonly alongside?: readonly { readonly sql: string; readonly params: readonly string[] }[]
}
