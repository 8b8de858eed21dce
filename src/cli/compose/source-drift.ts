import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Field } from '../../batch/logical-type.ts'
import { classifyChanges } from '../../drift/classify-changes.ts'
import { isVariant } from '../../drift/variants.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { PipelineNode, SourceNode } from '../../graph/node.ts'
import { relationName } from '../../graph/relation-name.ts'
import type { Reader } from '../../owner/reader.ts'
import type { TableDrift } from '../../plan/plan-input.ts'
import { type Extract, nestingOf, streamsOf } from '../../project/pipeline.ts'
import { describeSource } from '../../run/load/describe-shape.ts'
import { reservedNames } from '../../run/load/reserved-names.ts'
import { isUnreachable } from './is-unreachable.ts'
import { type Loaded, loadedContents } from './loaded-contents.ts'
import { noTokens } from './no-tokens.ts'
import { openConnector } from './open-connector.ts'
import { withReader } from './open-reader.ts'
import { relationExists } from './relation-exists.ts'
import { Scratch } from './scratch.ts'
import { type LookedAt, lookAtFiles, waitingFiles } from './waiting-files.ts'
import type { Workspace } from './workspace.ts'

/**
 * What became of the columns of source tables since they were loaded, and how those of files that wait differ from their tables', by the
 * pipelines' unique ids. Databases and files on the disk are looked at. Of a source or a warehouse that cannot be reached, and of a
 * table that is not there or is not to be read, nothing is known, and a message says so.
 */
export async function sourceDrift(
  workspace: Workspace,
  pipelines: readonly PipelineNode[],
  log: (message: string) => void,
): Promise<ReadonlyMap<string, readonly TableDrift[]>> {
  const { target, project } = workspace
  const reading = pipelines.filter(
    ({ pipeline: { extract } }) => extract.database !== undefined || readsDisk(extract),
  )
  if (reading.length === 0) return new Map()
  if (target.type === 'duckdb' && !existsSync(resolve(project.root, target.path))) return new Map()
  const scratch = new Scratch()
  const found: (readonly [PipelineNode, readonly SourceTable[]])[] = []
  try {
    const loaded = await loadedContents(workspace)
    for (const node of reading) found.push([node, await lookAt(node, workspace, loaded, scratch, log)])
    return await withReader(workspace, async (reader) => {
      const drift = new Map<string, readonly TableDrift[]>()
      for (const [node, tables] of found) {
        const compared: TableDrift[] = []
        for (const table of tables) {
          const one = await compare(node, table, reader, workspace, log)
          if (one !== undefined) compared.push(one)
        }
        drift.set(node.uniqueId, compared)
      }
      return drift
    })
  } catch (error) {
    if (!isUnreachable(error)) throw error
    log(`The warehouse cannot be asked what it has (${error.message}): changes of columns are not shown.`)
    return new Map()
  } finally {
    await scratch.close()
  }
}

/** Files of a store are not fetched for a plan. */
function readsDisk({ files, store }: Extract): boolean {
  return files.length > 0 && store === undefined
}

/** A table of a source, or the files of a stream, as they are there now. */
interface SourceTable {
  readonly source: SourceNode
  /** @param table the own columns of the table that it fills */
  look(table: readonly Field[]): Promise<LookedAt>
}

async function lookAt(
  { uniqueId, pipeline }: PipelineNode,
  workspace: Workspace,
  loaded: Loaded,
  scratch: Scratch,
  log: (message: string) => void,
): Promise<readonly SourceTable[]> {
  const { project, graph } = workspace
  const streams = new Set(streamsOf(pipeline.extract))
  const sources = (graph.children.get(uniqueId) ?? [])
    .map((id) => graph.nodes.get(id))
    .filter((node) => node?.kind === 'source')
    .filter(({ table }) => streams.has(table))
  const connector = await openConnector(project, pipeline, {
    look: () => scratch.session(),
    tokens: noTokens,
  })
  const say = (error: WaterworksError) =>
    log(`Pipeline ${pipeline.name}: ${error.message}: changes of columns are not shown.`)
  const describe = async (source: SourceNode): Promise<readonly SourceTable[]> => {
    try {
      if (readsDisk(pipeline.extract)) {
        const files = await waitingFiles(workspace, pipeline, source.table, connector, loaded)
        if (files.length === 0) return []
        const look = (table: readonly Field[]) =>
          lookAtFiles(files, table, pipeline, source.table, () => scratch.session())
        return [{ source, look }]
      }
      const { fields } = (await connector.describe?.(source.table)) ?? { fields: [] }
      return [{ source, look: async () => ({ fields, rows: undefined }) }]
    } catch (error) {
      if (!(error instanceof WaterworksError) || OF_ALL_TABLES.has(error.code)) throw error
      say(error)
      return []
    }
  }
  try {
    // The first one finds out whether the source can be reached at all.
    const first = await Promise.all(sources.slice(0, 1).map(describe))
    const others = await Promise.all(sources.slice(1).map(describe))
    return [...first, ...others].flat()
  } catch (error) {
    if (!(error instanceof WaterworksError)) throw error
    say(error)
    return []
  } finally {
    await connector.close()
  }
}

/** What is not about one table: the source cannot be reached, or its moment is lost. */
const OF_ALL_TABLES: ReadonlySet<string> = new Set(['WW4201', 'WW4204'])

/** Undefined where the table was never loaded, or the stages do not go with its columns any more. */
async function compare(
  { pipeline, lookups }: PipelineNode,
  { source, look }: SourceTable,
  reader: Reader,
  { dialect }: Workspace,
  log: (message: string) => void,
): Promise<TableDrift | undefined> {
  if (!(await relationExists(reader, source.relation))) return undefined
  const { names = 'as_found' } = pipeline.load
  if (names !== 'as_found' || nestingOf(pipeline.load, source.table) !== undefined) {
    const why = 'its columns are not those of the source'
    log(`Pipeline ${pipeline.name}: ${why}: changes of columns of ${source.table} are not shown yet.`)
    return undefined
  }
  const relation = relationName(source.relation)
  const reserved = reservedNames(pipeline)
  const table = await reader.fields(`select * from ${dialect.relation(source.relation)}`)
  const all = new Set(table.map(({ name }) => name))
  const own = table.filter(({ name }) => !reserved.includes(name) && !isVariant(name, all))
  try {
    const { fields, rows } = await look(own)
    const arriving = await describeSource(
      (sql) => reader.fields(sql),
      fields,
      pipeline.transform.stages,
      dialect,
      { shared: streamsOf(pipeline.extract).length > 1, lookups },
    )
    return { stream: source.table, relation, changes: classifyChanges(own, arriving), rows }
  } catch (error) {
    if (isUnreachable(error) || !(error instanceof WaterworksError)) throw error
    log(
      `Pipeline ${pipeline.name}: its stages do not go with the columns that ${source.table} has now (${error.message}).`,
    )
    return undefined
  }
}
