import { join } from 'node:path'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { PipelineNode } from '../../graph/node.ts'
import { LandingZone } from '../../landing/landing-zone.ts'
import type { SourceNews } from '../../plan/plan-input.ts'
import { KeyRing } from '../../privacy/key-ring.ts'
import { KnownPieces } from '../../privacy/known-pieces.ts'
import { holdsWhole } from '../../project/load-strategy.ts'
import { type Pipeline, streamsOf } from '../../project/pipeline.ts'
import { isReplaced, treatedOtherwise } from '../../run/refuse-mixed-treatment.ts'
import { isUnreachable } from './is-unreachable.ts'
import { type Loaded, loadedContents, streamKey } from './loaded-contents.ts'
import { noTokens } from './no-tokens.ts'
import { openConnector } from './open-connector.ts'
import { openScratchEngine } from './open-engine.ts'
import type { Workspace } from './workspace.ts'

/**
 * What has arrived at the sources of pipelines and is not in the warehouse, by the pipelines' unique ids. Where the
 * warehouse cannot be reached nothing is known to be new, and a message says so.
 */
export async function sourceNews(
  workspace: Workspace,
  pipelines: readonly PipelineNode[],
  log: (message: string) => void,
): Promise<ReadonlyMap<string, SourceNews>> {
  if (pipelines.length === 0) return new Map()
  let loaded: Loaded
  try {
    loaded = await loadedContents(workspace)
  } catch (error) {
    if (!isUnreachable(error)) throw error
    log(`The warehouse cannot be asked what it has (${error.message}): new data is not shown.`)
    return new Map()
  }
  const landing = new LandingZone({ directory: join(workspace.home, 'landing') })
  const news = new Map<string, SourceNews>()
  for (const { uniqueId, pipeline } of pipelines) {
    const { database, api, tap, files, store } = pipeline.extract
    const streams = (api ?? tap)?.streams.length
    const treatedAnew = tellTreatments(pipeline, loaded.treatments, log)
    const found =
      database !== undefined
        ? readNews(pipeline, database.tables.length, 'table')
        : streams !== undefined
          ? readNews(pipeline, streams, 'stream')
          : store !== undefined
            ? storeNews(files.length)
            : await newsOf(pipeline, workspace, loaded.contents, landing).catch((error: unknown) =>
                withoutKey(error, pipeline, log),
              )
    news.set(uniqueId, treatedAnew ? { newParts: found.newParts + 1, summary: TREATED_ANEW } : found)
  }
  return news
}

const TREATED_ANEW = 'its personal data is treated otherwise: loaded again, whole'

/** Tells of tables whose personal data was treated otherwise; whether one of them is loaded again for it. */
function tellTreatments(
  pipeline: Pipeline,
  treatments: Loaded['treatments'],
  log: (message: string) => void,
): boolean {
  const changed = streamsOf(pipeline.extract).filter((stream) => {
    const treatment = treatments.get(streamKey(pipeline.name, stream)) ?? null
    const changes = treatedOtherwise(pipeline, stream, { treatment })
    if (changes === '') return false
    const does = isReplaced(pipeline)
      ? 'it is loaded again, whole'
      : 'nothing is loaded into it until the table is dropped, or the change taken back (WW4608)'
    log(`Pipeline ${pipeline.name}: ${stream} has rows treated otherwise (${changes}): ${does}.`)
    return true
  })
  return changed.length > 0 && isReplaced(pipeline)
}

/** What brings rows is not asked before it is read: an incremental read finds by itself whether there is anything. */
function readNews({ extract }: Pipeline, length: number, what: 'table' | 'stream'): SourceNews {
  const how = extract.strategy === 'full' ? 'read whole' : 'read from the watermark'
  return { newParts: length, summary: `${length} ${length === 1 ? `${what} is` : `${what}s are`} ${how}` }
}

/** What is new in a store is told by contents, which a plan does not fetch. */
function storeNews(length: number): SourceNews {
  return {
    newParts: length,
    summary: `${length} ${length === 1 ? 'listing is' : 'listings are'} looked through for new files`,
  }
}

/** Files that are known by keyed hashes cannot be told from new ones without the key: all may be. Throws any other error. */
function withoutKey(error: unknown, { name }: Pipeline, log: (message: string) => void): SourceNews {
  if (!(error instanceof WaterworksError) || !NO_KEY.has(error.code)) throw error
  log(`Pipeline ${name}: ${error.message} (${error.code}): which of its files are new is not shown.`)
  return { newParts: 1, summary: `which files are new cannot be told: ${error.message}` }
}

/** There is no key for personal data, or not the one that files are known by. */
const NO_KEY: ReadonlySet<string> = new Set(['WW4601', 'WW4602'])

async function newsOf(
  pipeline: Pipeline,
  { project }: Workspace,
  loaded: Loaded['contents'],
  landing: LandingZone,
): Promise<SourceNews> {
  const connector = await openConnector(project, pipeline, {
    look: async () => (await openScratchEngine()).connect(),
    tokens: noTokens,
  })
  const keys = new KeyRing(project.privacy.keys)
  let arrived = 0
  let waiting = 0
  let gone = 0
  try {
    for (const { table } of pipeline.extract.files) {
      const has = new KnownPieces(loaded.get(streamKey(pipeline.name, table)) ?? [], keys)
      const current = (await connector.current?.(table)) ?? []
      const parts = await landing.parts(pipeline.name, table)
      const landed = new Set(parts.map((part) => part.hash).filter((hash) => !has.has(hash)))
      waiting += landed.size
      arrived += current.filter((hash) => !has.has(hash) && !landed.has(hash)).length
      if (holdsWhole(pipeline) && current.length > 0) {
        const now = new Set(current)
        gone += [...has].filter((hash) => !now.has(hash)).length
      }
    }
  } finally {
    await connector.close()
  }
  return { newParts: arrived + waiting + gone, summary: summarize(arrived, waiting, gone) }
}

function summarize(arrived: number, waiting: number, gone: number): string {
  const said = [
    arrived > 0 ? `${arrived} new ${arrived === 1 ? 'file' : 'files'}` : '',
    waiting > 0 ? `${waiting} landed ${waiting === 1 ? 'file' : 'files'} not loaded yet` : '',
    gone > 0 ? `${gone} loaded ${gone === 1 ? 'file' : 'files'} changed or removed at the source` : '',
  ].filter(Boolean)
  return said.length === 0 ? 'no new files' : said.join(', ')
}
