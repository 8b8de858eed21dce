import type { Command } from '../command.ts'
import { eventTimeFlags } from '../compose/batch-work.ts'
import { fullRefreshFlag, publishFlag, runFlags, runGraph } from '../compose/run-graph.ts'
import { selectionOptions } from '../global-options.ts'
import { deferOptions, emptyFlag, sampleFlag } from '../reading-options.ts'

export const run: Command = {
  name: 'run',
  summary: 'Build models, without seeds, snapshots and tests',
  description: `Builds the selected models in the order of the graph, as dbt's run does: no pipeline is loaded, no seed or snapshot
built, and nothing is checked. Use \`build\` to publish only what its checks let through.`,
  options: [
    ...selectionOptions,
    ...runFlags,
    ...deferOptions,
    emptyFlag,
    sampleFlag,
    ...eventTimeFlags,
    fullRefreshFlag,
    publishFlag,
  ],
  examples: [
    { line: 'waterworks run', says: 'Every model.' },
    {
      line: 'waterworks run --select staging+ --full-refresh',
      says: 'A part, incremental models from scratch.',
    },
  ],
  run: (invocation) => runGraph(invocation, 'run'),
}
