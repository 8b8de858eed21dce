import type { Command } from '../command.ts'
import { runFlags, runGraph } from '../compose/run-graph.ts'
import { watchFiles } from '../compose/watch-files.ts'
import { selectionOptions } from '../global-options.ts'

export const ingest: Command = {
  name: 'ingest',
  summary: 'Run pipelines only: files in, tables out',
  description: `Extracts what is new, lands it, checks it and loads it; no model is built. Each stream is published in
one transaction with its position, so a run that is cut off goes on where it stopped.`,
  options: [
    ...selectionOptions,
    ...runFlags,
    {
      name: 'reconcile',
      type: 'boolean',
      help: 'Compare keys with the sources now, for pipelines that do so on a schedule.',
    },
    {
      name: 'watch',
      type: 'boolean',
      help: 'Go on until stopped: ingest whenever files have come or changed.',
    },
    {
      name: 'every',
      type: 'string',
      value: 'DURATION',
      help: 'With --watch: how often to look; "2 seconds" unless given.',
    },
  ],
  examples: [
    { line: 'waterworks ingest', says: 'Every pipeline.' },
    { line: 'waterworks ingest --select vega_flights', says: 'One pipeline.' },
    { line: 'waterworks ingest --watch', says: 'Files as they come, until Ctrl-C.' },
  ],
  run: (invocation) =>
    invocation.flags.isSet('watch') ? watchFiles(invocation) : runGraph(invocation, 'ingest'),
}
