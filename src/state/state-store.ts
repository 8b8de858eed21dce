import type { Event, RunRecord, RunStatus, SchemaRecorded, TaskStatus } from '../events/event.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { CheckStatus } from '../quality/check.ts'

/**
 * A run as projected from its events. A run is alive while a lease that it holds (`holder` is the run's id) has
 * not lapsed; a run that is `running` without one was cut off: `interrupted`. So a run takes its lease before it
 * records that it started.
 */
export interface RunSummary {
  readonly runId: string
  readonly command: string
  readonly target: string
  readonly status: RunStatus | 'running' | 'interrupted'
  readonly startedAt: string
  readonly finishedAt: string | undefined
  readonly seconds: number | undefined
  readonly selection: { readonly select: readonly string[]; readonly exclude: readonly string[] }
  readonly tasks: readonly TaskSummary[]
}

export interface TaskSummary {
  readonly node: string
  readonly status: TaskStatus | 'pending' | 'running'
  readonly attempts: number
  readonly seconds: number | undefined
  readonly rows: number | undefined
  readonly message: string
  readonly ledger: Ledger | undefined
}

export interface CheckSummary {
  readonly check: string
  readonly node: string
  readonly status: CheckStatus
  readonly failures: number
  readonly message: string
  readonly at: string
}

/** Of a task, or of a check that passed or warned. */
export interface LastSuccess {
  readonly node: string
  readonly fingerprint: string
  readonly runId: string
  /** When it last published something, or a check passed. */
  readonly at: string
}

export interface StreamPosition {
  readonly pipeline: string
  readonly stream: string
  readonly position: string
  readonly loadId: string
  readonly runId: string
}

/** A token that stands for a personal value, as it is kept: without the project's keys it tells nothing. */
export interface KeptToken {
  readonly token: string
  /** A keyed hash of the value, by which its token is found again. */
  readonly lookup: string
  /** The value, encrypted. */
  readonly sealed: string
}

/** What columns a table of a stream had since a run, and what was other than before. */
export interface SchemaVersion {
  readonly relation: string
  readonly version: number
  readonly node: string
  readonly stream: string
  readonly runId: string
  readonly at: string
  /** SHA-256 of the columns, in hex. */
  readonly hash: string
  readonly columns: SchemaRecorded['columns']
  readonly changes: SchemaRecorded['changes']
}

/**
 * What the platform remembers of its own doings. Written only through `record`; runs, tasks, checks and last
 * successes are projections of events, kept in step within the same transaction. Positions are a copy for
 * display: the warehouse decides.
 */
export interface StateStore {
  /**
   * Appends events and updates their projections, in one transaction. Throws WW6004 for an event of a run whose
   * start was never recorded.
   */
  record(events: readonly Event[]): Promise<void>
  /** The latest runs, newest first, without their tasks filled in when `tasks` is false. */
  runs(options: {
    readonly limit: number
    readonly target?: string
    readonly tasks?: boolean
  }): Promise<readonly RunSummary[]>
  run(runId: string): Promise<RunSummary | undefined>
  checks(runId: string): Promise<readonly CheckSummary[]>
  events(runId: string): Promise<readonly Event[]>
  records(options: { readonly pipeline?: string; readonly limit: number }): Promise<readonly RunRecord[]>
  /** The versions of a target's tables, by relation, oldest first. */
  schemaVersions(target: string): Promise<readonly SchemaVersion[]>
  lastSuccesses(target: string): Promise<ReadonlyMap<string, LastSuccess>>
  /** Marks the target's runs that are `running` but hold no lease as `interrupted`; returns their ids. */
  closeInterrupted(target: string): Promise<readonly string[]>
  /**
   * Takes the lease for `ttlSeconds` by the store's clock, or returns its present holder. A lapsed lease is free,
   * and its present holder may take it again.
   */
  acquireLease(
    name: string,
    holder: string,
    ttlSeconds: number,
  ): Promise<{ readonly acquired: boolean; readonly holder: string }>
  /** False when the lease has lapsed, even if nobody else took it. */
  renewLease(name: string, holder: string, ttlSeconds: number): Promise<boolean>
  releaseLease(name: string, holder: string): Promise<void>
  /** Keeps these positions, each over the earlier one of its stream. */
  savePositions(target: string, positions: readonly StreamPosition[]): Promise<void>
  positions(target: string): Promise<readonly StreamPosition[]>
  /** The tokens of those lookups that have one. */
  tokensOf(lookups: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Keeps tokens; of a lookup that has one already, that one stays. */
  keepTokens(kept: readonly KeptToken[]): Promise<void>
  keptToken(token: string): Promise<KeptToken | undefined>
  /** Forgets a token and what it stands for; false when there is no such token. */
  eraseToken(token: string): Promise<boolean>
  /** What is kept under a name, encrypted by whoever kept it. */
  credential(name: string): Promise<string | undefined>
  /** Keeps it in the place of what had the name. Kept when it returns. */
  keepCredential(name: string, sealed: string): Promise<void>
  close(): Promise<void>
}
