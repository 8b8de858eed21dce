import type { Event } from '../events/event.ts'
import type { Graph } from '../graph/graph.ts'
import type { Plan } from '../plan/plan.ts'
import type { Output } from './output.ts'

export interface Progress {
  plan(plan: Plan): void
  event(event: Event): void
  end(): void
}

/** Tells how a run goes, a line for each node as it ends. */
export function createProgress(output: Output, graph: Graph): Progress {
  let total = 0
  let done = 0
  return {
    plan(plan) {
      total = plan.tasks.length + plan.checks.length
      output.log(`Running ${total} ${total === 1 ? 'node' : 'nodes'} on ${plan.target}`)
    },
    event(event) {
      if (event.type !== 'task-finished') return
      done += 1
      const name = graph.nodes.get(event.node)?.name ?? event.node
      const seconds = event.status === 'skipped' ? '' : ` in ${event.seconds.toFixed(2)} s`
      const message = event.message ? `: ${event.message}` : ''
      output.log(
        `${String(done).padStart(String(total).length)} of ${total}  ${event.status.padEnd(8)}${name}${seconds}${message}`,
      )
    },
    end() {},
  }
}
