import type { Generated } from 'kysely'
import type { TaskStatus } from '../events/event.ts'
import type { CheckStatus } from '../quality/check.ts'
import type { RunSummary } from './state-store.ts'

/** The tables of a state store. Times are ISO 8601 text in UTC; what is JSON is kept as text, key order and all. */
export interface StateTables {
  readonly events: {
    readonly id: Generated<number>
    readonly run_id: string
    readonly type: string
    readonly at: string
    readonly body: string
  }
  readonly runs: {
    readonly run_id: string
    readonly command: string
    readonly target: string
    readonly status: RunSummary['status']
    readonly started_at: string
    readonly finished_at: string | null
    readonly seconds: number | null
    readonly selection: string
  }
  readonly tasks: {
    readonly run_id: string
    readonly node: string
    /** Its place in the run's plan, from 0. */
    readonly position: number
    readonly status: TaskStatus | 'pending' | 'running'
    readonly attempts: number
    readonly seconds: number | null
    readonly row_count: number | null
    readonly message: string
    readonly ledger: string | null
  }
  readonly checks: {
    readonly run_id: string
    readonly node: string
    readonly check_id: string
    readonly status: CheckStatus
    readonly failures: number
    readonly message: string
    readonly at: string
  }
  readonly last_successes: {
    readonly target: string
    readonly node: string
    readonly fingerprint: string
    readonly run_id: string
    readonly at: string
  }
  readonly records: {
    readonly id: Generated<number>
    readonly run_id: string
    readonly pipeline: string
    readonly body: string
  }
  readonly leases: {
    readonly name: string
    readonly holder: string
    /** Milliseconds since 1970 by the store's clock. */
    readonly expires_at: number
  }
  readonly schema_versions: {
    readonly target: string
    readonly relation: string
    /** Counts up from 1 for each relation. */
    readonly version: number
    readonly node: string
    readonly stream: string
    readonly run_id: string
    readonly at: string
    /** SHA-256 of `columns`, in hex. */
    readonly hash: string
    readonly columns: string
    readonly changes: string
  }
  readonly positions: {
    readonly target: string
    readonly pipeline: string
    readonly stream: string
    readonly position: string
    readonly load_id: string
    readonly run_id: string
  }
  readonly tokens: {
    /** A keyed hash of the value that the token stands for. */
    readonly lookup: string
    readonly token: string
    /** The value, encrypted. */
    readonly sealed: string
  }
  readonly credentials: {
    readonly name: string
    /** What is kept, encrypted. */
    readonly sealed: string
  }
  readonly migrations: {
    readonly version: number
    readonly name: string
    readonly applied_at: string
  }
}
