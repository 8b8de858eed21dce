import type { Command } from '../command.ts'
import { publishFlag, runFlags, runGraph } from '../compose/run-graph.ts'
import { selectionOptions } from '../global-options.ts'
import { deferOptions, emptyFlag } from '../reading-options.ts'

export const snapshot: Command = {
  name: 'snapshot',
  summary: 'Keep how rows change, in the tables of snapshots',
  description: `Compares what the query of each selected snapshot gives now with the versions that its table has: changed rows end
their version and begin another, as dbt does. Run it as often as changes are to be seen.`,
  options: [...selectionOptions, ...runFlags, ...deferOptions, emptyFlag, publishFlag],
  examples: [{ line: 'waterworks snapshot --select customers_history', says: 'One snapshot.' }],
  run: (invocation) => runGraph(invocation, 'snapshot'),
}
