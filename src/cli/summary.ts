import type { RunReport } from '../run/run-plan.ts'
import type { Workspace } from './compose/workspace.ts'
import type { Output } from './output.ts'

/** What a person wants to read after a run. */
export function renderSummary(report: RunReport, _workspace: Workspace, _output: Output): string {
  return `${report.status} in ${report.seconds.toFixed(1)} s`
}
