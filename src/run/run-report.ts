import type { RunStatus } from '../events/event.ts'
import type { NodeReport } from './node-report.ts'

/** How a run went, node by node. */
export interface RunReport {
  readonly runId: string
  readonly status: RunStatus
  readonly seconds: number
  readonly nodes: readonly NodeReport[]
}
