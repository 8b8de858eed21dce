import type { Command } from '../command.ts'
import { fullRefreshFlag, publishFlag, runFlags, runGraph } from '../compose/run-graph.ts'
import { selectionOptions } from '../global-options.ts'

export const seed: Command = {
  name: 'seed',
  summary: 'Load the CSV files under seeds/ into tables',
  description: `Makes a table of each selected seed, as dbt does: types are told by the values, and \`column_types\` settles them. A
table that is there already keeps its columns and gets the file's rows; --full-refresh makes it anew.`,
  options: [
    ...selectionOptions,
    ...runFlags,
    fullRefreshFlag,
    publishFlag,
    { name: 'show', type: 'boolean', help: 'Print the first rows of each seed once it is loaded.' },
  ],
  examples: [
    { line: 'waterworks seed', says: 'Every seed.' },
    { line: 'waterworks seed --select countries --full-refresh', says: 'One, whose columns changed.' },
  ],
  run: (invocation) => runGraph(invocation, 'seed'),
}
