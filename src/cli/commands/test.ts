import type { Command } from '../command.ts'
import { runFlags, runGraph, storeFailuresFlag } from '../compose/run-graph.ts'
import { testGolden } from '../compose/test-golden.ts'
import { selectionOptions } from '../global-options.ts'
import { deferOptions } from '../reading-options.ts'

export const test: Command = {
  name: 'test',
  summary: 'Run checks on what is published',
  description: `Runs the checks of the selected nodes on the tables as they are; nothing is built. Rows that fail a check
are written to .waterworks/evidence. The exit code is 1 when a check of severity error fails.

With --golden nothing is checked but whether what was built is what golden/ keeps: golden/fct_orders.csv (or Parquet,
NDJSON) is compared with fct_orders cell by cell, by the key and with the tolerances of golden/fct_orders.yml.`,
  options: [
    ...selectionOptions,
    ...runFlags,
    storeFailuresFlag,
    ...deferOptions,
    {
      name: 'golden',
      type: 'boolean',
      help: 'Compare what was built with the datasets in golden/ instead.',
    },
  ],
  examples: [
    { line: 'waterworks test', says: 'Every check.' },
    { line: 'waterworks test --select fct_flights', says: 'The checks of one model.' },
    { line: 'waterworks test --golden', says: 'Whether what was built is what is kept.' },
  ],
  run: (invocation) =>
    invocation.flags.isSet('golden') ? testGolden(invocation) : runGraph(invocation, 'test'),
}
