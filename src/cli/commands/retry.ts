import type { Command } from '../command.ts'
import { publishFlag, runFlags, runGraph } from '../compose/run-graph.ts'

export const retry: Command = {
  name: 'retry',
  summary: 'Do again what the last run failed, skipped or did not reach',
  description: `Takes the last run on the target and runs only the nodes that did not succeed: failed ones, those
skipped because of them, and those that a stopped or killed run did not reach. What had succeeded is not done again;
landed files are loaded without being read from the source anew.`,
  options: [...runFlags, publishFlag],
  examples: [{ line: 'waterworks retry', says: 'After the cause of a failure is mended.' }],
  run: (invocation) => runGraph(invocation, 'retry'),
}
