import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Command, Invocation } from '../command.ts'
import { type RetriedRun, retriedRun } from '../compose/retried-run.ts'
import { fullRefreshFlag, publishFlag, runFlags, runGraph } from '../compose/run-graph.ts'

export const retry: Command = {
  name: 'retry',
  summary: 'Do again what the last run failed, skipped or did not reach',
  description: `Takes the last run, as target/run_results.json has it, and does again what did not succeed: nodes that failed,
those skipped because of them, and those that a stopped or killed run did not reach. It is called as the run was, but
for --vars and --threads, which may be said anew. What had succeeded is not done again; landed files are loaded
without being read from the source anew.

With --state it is the run whose run_results.json is in that folder; dbt may have written it.`,
  options: [
    ...runFlags,
    {
      name: 'state',
      env: 'DBT_STATE',
      type: 'string',
      value: 'DIR',
      help: 'Artefacts of the run to retry; those of the last run unless given.',
    },
    fullRefreshFlag,
    publishFlag,
  ],
  examples: [
    { line: 'waterworks retry', says: 'After the cause of a failure is mended.' },
    { line: 'waterworks retry --state failed', says: 'A run whose target folder was kept.' },
  ],
  run: again,
}

const RUNS = ['build', 'ingest', 'test', 'run', 'seed', 'snapshot', 'retry'] as const

async function again(invocation: Invocation): Promise<number> {
  const { output } = invocation
  const retried = await retriedRun(invocation)
  if (retried.unfinished.size === 0) {
    output.print('Nothing to retry: the last run succeeded.')
    output.json({ status: 'success', nodes: [] })
    return 0
  }
  const mode = RUNS.find((each) => each === retried.command)
  const called = { ...invocation, flags: retried.flags }
  if (mode !== undefined) return runGraph(called, mode, retried)
  return whole(retried, called)
}

/** Commands that are cheap enough to be done again as a whole. */
async function whole({ command, previous }: RetriedRun, invocation: Invocation): Promise<number> {
  switch (command) {
    case 'compile':
      return (await import('./compile.ts')).compile.run(invocation)
    case 'clone':
      return (await import('./clone.ts')).clone.run(invocation)
    case 'generate':
      return (await import('./docs.ts')).docs.run({ ...invocation, positionals: ['generate'] })
    case 'run-operation':
      return (await import('./run-operation.ts')).runOperation.run({
        ...invocation,
        positionals: [String(previous?.args['macro'] ?? '')],
      })
    default:
      throw new WaterworksError('WW7001', { message: `a run of ${command} cannot be retried` })
  }
}
