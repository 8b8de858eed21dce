/** How a node ended, in dbt's words. */
export type NodeStatus =
  | 'success'
  | 'error'
  | 'skipped'
  | 'partial success'
  | 'no-op'
  | 'pass'
  | 'fail'
  | 'warn'
  | 'runtime error'

/** A stretch of a node's run: its templates rendered (compile), its work done (execute). */
export interface Timing {
  readonly name: 'compile' | 'execute'
  readonly startedAt: Date
  readonly completedAt: Date
}

/** A batch of a microbatch model: from, to. */
export type BatchSpan = readonly [Date, Date]

/** What became of one node of a run, as run_results.json tells it. */
export interface NodeResult {
  readonly uniqueId: string
  readonly status: NodeStatus
  readonly timing: readonly Timing[]
  /** Which of the run's workers did it: `Thread-1 (worker)`, or `main` for hooks. */
  readonly threadId: string
  /** Seconds. */
  readonly executionTime: number
  /** What the warehouse said: `{_message: 'INSERT 3', code: 'INSERT', rows_affected: 3}`; empty when nothing was sent. */
  readonly adapterResponse: Readonly<Record<string, unknown>>
  readonly message: string | null
  /** Rows that failed a test; null for what is no test. */
  readonly failures: number | null
  readonly batchResults?: {
    readonly successful: readonly BatchSpan[]
    readonly failed: readonly BatchSpan[]
  }
}
