import type { Command } from '../command.ts'
import { cloneNodes } from '../compose/clone-nodes.ts'
import { fullRefreshFlag, runFlags } from '../compose/run-graph.ts'
import { selectionOptions } from '../global-options.ts'
import { deferOptions } from '../reading-options.ts'

export const clone: Command = {
  name: 'clone',
  summary: 'Make views over what another run built',
  description: `Makes a view of every selected model, seed and snapshot over the relation that the manifest of --state has of it: a
target that looks like production, without building anything. What is there already is kept, unless
--full-refresh is given. Neither DuckDB nor Postgres copies tables without their rows, so clones are views, as dbt
makes them there.`,
  options: [...selectionOptions, ...runFlags, ...deferOptions, fullRefreshFlag],
  examples: [
    {
      line: 'waterworks clone --state prod',
      says: 'Everything that production has and this target has not.',
    },
    { line: 'waterworks clone --state prod --select orders+ --full-refresh', says: 'A part, anew.' },
  ],
  run: cloneNodes,
}
