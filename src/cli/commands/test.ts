import type { Command } from '../command.ts'
import { runFlags, runGraph, storeFailuresFlag } from '../compose/run-graph.ts'
import { selectionOptions } from '../global-options.ts'
import { deferOptions } from '../reading-options.ts'

export const test: Command = {
  name: 'test',
  summary: 'Run checks on what is published',
  description: `Runs the checks of the selected nodes on the tables as they are; nothing is built. Rows that fail a check
are written to .waterworks/evidence. The exit code is 1 when a check of severity error fails.`,
  options: [...selectionOptions, ...runFlags, storeFailuresFlag, ...deferOptions],
  examples: [
    { line: 'waterworks test', says: 'Every check.' },
    { line: 'waterworks test --select fct_flights', says: 'The checks of one model.' },
  ],
  run: (invocation) => runGraph(invocation, 'test'),
}
