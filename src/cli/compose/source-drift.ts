import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Field } from '../../batch/logical-type.ts'
import { classifyChanges } from '../../drift/classify-changes.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { PipelineNode, SourceNode } from '../../graph/node.ts'
import { relationName } from '../../graph/relation-name.ts'
import type { Reader } from '../../owner/reader.ts'
import type { TableDrift } from '../../plan/plan-input.ts'
import { nestingOf, streamsOf } from '../../project/pipeline.ts'
import { describeSource } from '../../run/load/describe-shape.ts'
import { reservedNames } from '../../run/load/reserved-names.ts'
import { isUnreachable } from './is-unreachable.ts'
import { noTokens } from './no-tokens.ts'
import { openConnector } from './open-connector.ts'
import { openScratchEngine } from './open-engine.ts'
import { withReader } from './open-reader.ts'
import { relationExists } from './relation-exists.ts'
import type { Workspace } from './workspace.ts'

/**
 * What became of the columns of source tables since they were loaded, by the pipelines' unique ids. Only databases are
 * looked at: files show their columns when they are read. Of a source or a warehouse that cannot be reached, and of a
 * table that is not there or is not to be read, nothing is known, and a message says so.
 */
export async function sourceDrift(
  workspace: Workspace,
  pipelines: readonly PipelineNode[],
  log: (message: string) => void,
): Promise<ReadonlyMap<string, readonly TableDrift[]>> {
  const { target, project } = workspace
  const reading = pipelines.filter(({ pipeline }) => pipeline.extract.database !== undefined)
  if (reading.length === 0) return new Map()
  if (target.type === 'duckdb' && !existsSync(resolve(project.root, target.path))) return new Map()
  const found: (readonly [PipelineNode, readonly SourceTable[]])[] = []
  for (const node of reading) found.push([node, await lookAt(node, workspace, log)])
  try {
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
  }
}

/** A table of a source as it is there now. */
interface SourceTable {
  readonly source: SourceNode
  readonly fields: readonly Field[]
}

async function lookAt(
  { uniqueId, pipeline }: PipelineNode,
  { project, graph }: Workspace,
  log: (message: string) => void,
): Promise<readonly SourceTable[]> {
  const streams = new Set(streamsOf(pipeline.extract))
  const sources = (graph.children.get(uniqueId) ?? [])
    .map((id) => graph.nodes.get(id))
    .filter((node) => node?.kind === 'source')
    .filter(({ table }) => streams.has(table))
  const connector = await openConnector(project, pipeline, {
    look: async () => (await openScratchEngine()).connect(),
    tokens: noTokens,
  })
  const say = (error: WaterworksError) =>
    log(`Pipeline ${pipeline.name}: ${error.message}: changes of columns are not shown.`)
  const describe = async (source: SourceNode): Promise<readonly SourceTable[]> => {
    try {
      const { fields } = (await connector.describe?.(source.table)) ?? { fields: [] }
      return [{ source, fields }]
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
  { source, fields }: SourceTable,
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
  const own = table.filter((field) => !reserved.includes(field.name))
  try {
    const arriving = await describeSource(
      (sql) => reader.fields(sql),
      fields,
      pipeline.transform.stages,
      dialect,
      { shared: streamsOf(pipeline.extract).length > 1, lookups },
    )
    return { stream: source.table, relation, changes: classifyChanges(own, arriving) }
  } catch (error) {
    if (isUnreachable(error) || !(error instanceof WaterworksError)) throw error
    log(
      `Pipeline ${pipeline.name}: its stages do not go with the columns that ${source.table} has now (${error.message}).`,
    )
    return undefined
  }
}
