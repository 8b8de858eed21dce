import type { RecordedChange } from '../drift/recorded-change.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { CheckStatus } from '../quality/check.ts'

interface BaseEvent {
  readonly runId: string
  /** ISO 8601 UTC with milliseconds. */
  readonly at: string
}

export type RunStatus = 'success' | 'failed' | 'partial'
/** `reused`: nothing was new, and the last result stands. */
export type TaskStatus = 'success' | 'failed' | 'partial' | 'skipped' | 'reused'
/** The steps that checkpoint, per stream of a pipeline; a model has only load and verify. */
export type Step = 'extract' | 'validate' | 'transform' | 'load' | 'verify'

export interface RunStarted extends BaseEvent {
  readonly type: 'run-started'
  readonly command: string
  readonly target: string
  readonly tasks: readonly string[]
  /** Arguments that retry must repeat. */
  readonly selection: { readonly select: readonly string[]; readonly exclude: readonly string[] }
}
export interface RunFinished extends BaseEvent {
  readonly type: 'run-finished'
  readonly status: RunStatus
  readonly seconds: number
}
export interface TaskStarted extends BaseEvent {
  readonly type: 'task-started'
  readonly node: string
  readonly attempt: number
}
export interface StepFinished extends BaseEvent {
  readonly type: 'step-finished'
  readonly node: string
  readonly stream: string
  readonly step: Step
  readonly rows: number
  readonly seconds: number
}
export interface TaskFinished extends BaseEvent {
  readonly type: 'task-finished'
  readonly node: string
  readonly fingerprint: string
  readonly status: TaskStatus
  readonly seconds: number
  readonly rows: number
  readonly ledger: Ledger | undefined
  /** One sentence, free of row values and secrets. */
  readonly message: string
  /** Full names of relations published. */
  readonly published: readonly string[]
}
export interface CheckFinished extends BaseEvent {
  readonly type: 'check-finished'
  /** The check's unique id, or `<pipeline id>/<gate name>` for a pipeline's gates. */
  readonly check: string
  readonly node: string
  /** Of the check; a pipeline's gates have none. */
  readonly fingerprint?: string | undefined
  readonly status: CheckStatus
  readonly failures: number
  readonly message: string
  readonly seconds: number
}
/** A load committed: what moved a stream's position. */
export interface LoadCommitted extends BaseEvent {
  readonly type: 'load-committed'
  readonly node: string
  readonly stream: string
  readonly loadIds: readonly string[]
  readonly position: string
  readonly ledger: Ledger
}
export interface RowsQuarantined extends BaseEvent {
  readonly type: 'rows-quarantined'
  readonly node: string
  readonly stream: string
  readonly rows: number
  readonly reasons: Readonly<Record<string, number>>
}
/** A load left values out of the rows that it applied, as its pipeline says of what its table has no place for. */
export interface ValuesDiscarded extends BaseEvent {
  readonly type: 'values-discarded'
  readonly node: string
  readonly stream: string
  readonly discarded: readonly {
    /** The column, below its list where it is in one; of a list that has no table, the list. */
    readonly column: string
    readonly what: 'values' | 'elements'
    readonly count: number
  }[]
}
export interface SchemaChanged extends BaseEvent {
  readonly type: 'schema-changed'
  readonly node: string
  readonly relation: string
  /** How the columns that arrived differ from those of the table before; none in events of versions that did not tell. */
  readonly changes: readonly RecordedChange[]
  /** Columns that the load added to the table, left NULL, and read as the table's types; none where it was held. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly string[]
}
/** A table of a stream has other columns than it had, or other ones arrived than it has: a version of its schema. */
export interface SchemaRecorded extends BaseEvent {
  readonly type: 'schema-recorded'
  readonly node: string
  readonly stream: string
  readonly relation: string
  /** The table's own columns after the load, with their types as people read them. */
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** Why there is a version: what was other than before; nothing where the load made the table. */
  readonly changes: readonly RecordedChange[]
}
/** Keys were compared with those of the source. */
export interface RowsReconciled extends BaseEvent {
  readonly type: 'rows-reconciled'
  readonly node: string
  readonly stream: string
  readonly action: 'delete' | 'soft-delete' | 'report'
  /** Keys of the source. */
  readonly compared: number
  /** Rows that the source has no more. */
  readonly missing: number
}
/** Somebody asked the vault for the value of a token, or to erase it. Told before it is done: also what failed was tried. */
export interface VaultAccessed extends BaseEvent {
  readonly type: 'vault-accessed'
  readonly action: 'reveal' | 'erase'
  readonly token: string
  /** The name of the operating system's user. */
  readonly by: string
  readonly reason: string
}
/** The record of one pipeline run: exactly the fields of REQUIREMENTS section 2. */
export interface PipelineRecorded extends BaseEvent {
  readonly type: 'pipeline-recorded'
  readonly record: RunRecord
}

export interface RunRecord {
  readonly pipeline_name: string
  readonly run_id: string
  readonly started_at: string
  readonly completed_at: string
  readonly status: RunStatus
  readonly stage: string
  readonly rows_extracted: number
  readonly rows_transformed: number
  readonly rows_loaded: number
  readonly rows_rejected: number
  readonly quality_checks_passed: number
  readonly quality_checks_failed: number
  readonly duration_seconds: number
  readonly error_message: string | null
  readonly watermark_before: string | null
  readonly watermark_after: string | null
}

export type Event =
  | RunStarted
  | RunFinished
  | TaskStarted
  | StepFinished
  | TaskFinished
  | CheckFinished
  | LoadCommitted
  | RowsQuarantined
  | ValuesDiscarded
  | SchemaChanged
  | SchemaRecorded
  | RowsReconciled
  | VaultAccessed
  | PipelineRecorded
