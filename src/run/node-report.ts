import type { TaskStatus } from '../events/event.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { CheckResult } from '../quality/check.ts'

/** What a run says of one node. */
export interface NodeReport {
  readonly node: string
  readonly status: TaskStatus
  readonly seconds: number
  /** Rows of the table that was published, or applied by a pipeline. */
  readonly rows: number
  readonly ledger: Ledger | undefined
  readonly checks: readonly CheckResult[]
  readonly published: readonly string[]
  readonly message: string
}

/** What a task tells of itself; its id and time are known to whoever ran it. */
export type Built = Omit<NodeReport, 'node' | 'seconds'>
