import type { Command } from '../command.ts'
import { eventTimeFlags } from '../compose/batch-work.ts'
import {
  fullRefreshFlag,
  publishFlag,
  reuseFlag,
  runFlags,
  runGraph,
  storeFailuresFlag,
} from '../compose/run-graph.ts'
import { selectionOptions } from '../global-options.ts'
import { deferOptions, emptyFlag, sampleFlag } from '../reading-options.ts'

export const build: Command = {
  name: 'build',
  summary: 'Load, build, check and publish the whole graph',
  description: `Runs pipelines and models in the order of the graph. Each table is built and checked inside one
transaction: readers see the last version that passed its checks, or the new one, never anything between. When an
error-severity check fails, the previous version stays, what is downstream is skipped, and the exit code is 1.
Files that were loaded before are not loaded again.`,
  options: [
    ...selectionOptions,
    ...runFlags,
    storeFailuresFlag,
    ...deferOptions,
    emptyFlag,
    sampleFlag,
    ...eventTimeFlags,
    fullRefreshFlag,
    reuseFlag,
    publishFlag,
  ],
  examples: [
    { line: 'waterworks build', says: 'Everything.' },
    { line: 'waterworks build --select +fct_flights', says: 'One model and all it is made from.' },
    { line: 'waterworks build --reuse', says: 'Only what is new, and what is made from it.' },
    { line: 'waterworks build --select tag:daily --exclude stg_weather', says: 'A part of the graph.' },
    {
      line: 'waterworks build --json | jq .status',
      says: 'For scripts: one JSON document on standard output.',
    },
  ],
  run: (invocation) => runGraph(invocation, 'build'),
}
