import { setTimeout as sleep } from 'node:timers/promises'
import { FilesConnector } from '../../connectors/files/files-connector.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { parseHours } from '../../project/duration.ts'
import type { Project } from '../../project/project.ts'
import type { Invocation } from '../command.ts'
import { openScratchEngine } from './open-engine.ts'
import { openStorage } from './open-storage.ts'
import { runGraph } from './run-graph.ts'
import { openProject } from './workspace.ts'

const USUAL_PAUSE_MS = 2000

/**
 * Ingests whenever files have come or changed, until the process is told to stop (Ctrl-C or SIGTERM; a run that is under way
 * ends first in good order). Names, sizes and times are looked at in turns; a run begins when two looks in a row see the same, and
 * something else than the last run saw. Returns the exit code of the last run. Throws as `runGraph`, and WW7001 for flags that do not go
 * together.
 */
export async function watchFiles(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation
  if (flags.isSet('json')) {
    throw new WaterworksError('WW7001', { message: '--watch goes on and on, and --json is one document' })
  }
  const pause = pauseOf(flags.text('every'))
  const { project } = await openProject(invocation)
  const stopped = new AbortController()
  const stop = () => stopped.abort()
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    let [exitCode, ingested, before] = [0, NOTHING, '']
    output.log('Watching for files. Press Ctrl-C to stop.')
    while (!stopped.signal.aborted) {
      const now = await glance(project)
      if (now === before && now !== ingested) {
        exitCode = await runGraph(invocation, 'ingest')
        ingested = now
      }
      before = now
      await sleep(pause, undefined, { signal: stopped.signal }).catch(() => undefined)
    }
    return exitCode
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

/** What `glance` sees where no pipeline has a file. */
const NOTHING = '[]'

/** What there is to read of all pipelines of files, as a text that changes when any of it does. */
async function glance(project: Project): Promise<string> {
  const seen: string[][] = []
  for (const pipeline of project.pipelines) {
    const { files } = pipeline.extract
    if (files.length === 0) continue
    const connector = new FilesConnector({
      root: project.root,
      files,
      storage: await openStorage(project, pipeline),
      executor: async () => (await openScratchEngine()).connect(),
    })
    try {
      for (const { table } of files) {
        const pieces = await connector.glance(table)
        if (pieces.length > 0) seen.push([pipeline.name, table, ...pieces])
      }
    } finally {
      await connector.close()
    }
  }
  return JSON.stringify(seen)
}

function pauseOf(text: string | undefined): number {
  if (text === undefined) return USUAL_PAUSE_MS
  const hours = parseHours(text)
  if (hours !== undefined && hours > 0) return Math.ceil(hours * 3_600_000)
  throw new WaterworksError('WW7001', {
    message: `--every takes a duration such as "10 seconds", not ${text}`,
  })
}
