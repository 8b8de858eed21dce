import type { RunReport } from '../run/run-report.ts'

/** A run as its one JSON document. Keys are for scripts: they are added to, never renamed. */
export function reportJson(report: RunReport) {
  return {
    status: report.status,
    run_id: report.runId,
    elapsed_seconds: report.seconds,
    nodes: report.nodes.map((node) => ({
      unique_id: node.node,
      status: node.status,
      seconds: node.seconds,
      rows: node.rows,
      ...(node.ledger === undefined ? {} : { ledger: node.ledger }),
      checks: node.checks,
      published: node.published,
      message: node.message,
    })),
  }
}
