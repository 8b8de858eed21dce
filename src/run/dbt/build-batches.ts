import type { AdapterConnection } from '../../dbt/adapter/adapter-connection.ts'
import type { BatchSpan } from '../../dbt/artifacts/node-result.ts'
import type { ManifestModel } from '../../dbt/manifest/manifest-node.ts'
import { batchContext } from '../../dbt/microbatch/batch-context.ts'
import { batchesOf } from '../../dbt/microbatch/batches.ts'
import { incrementalNames } from '../../dbt/microbatch/incremental-names.ts'
import type { TimeWindow } from '../../dbt/reading/time-window.ts'
import { materialize } from '../../dbt/runtime/materialize.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { ModelNode } from '../../graph/node.ts'
import type { DbtWork } from './dbt-work.ts'
import { nodeRequest } from './node-request.ts'

/**
 * Builds a microbatch model batch by batch, one after another, and gives the rows it changed. Published at once, each batch is
 * committed on its own, and one that fails leaves the others; when the first fails, the rest is skipped. Gated, all of them are part of
 * the node's transaction, and one that fails ends it. Throws WW5008 for batches that failed; which they are is in the journal.
 */
export async function buildBatches(
  node: ModelNode,
  connection: AdapterConnection,
  dbt: DbtWork,
  config: Readonly<Record<string, unknown>>,
): Promise<number> {
  const { manifest, uniqueId: id } = node
  const earlier = dbt.batches.unfinished.get(id)
  const isIncremental = await hasTable(manifest, connection, dbt)
  const windows =
    earlier === undefined
      ? batchesOf(manifest, dbt.batches.times, isIncremental)
      : earlier.failed.map(([start, end]) => ({ start, end }))
  const successful: BatchSpan[] = []
  const failed: BatchSpan[] = []
  let rows = 0
  let firstError: WaterworksError | undefined
  for (const [index, window] of windows.entries()) {
    const span = [window.start, window.end] as const
    if (failed.length > 0 && successful.length === 0) {
      failed.push(span)
      continue
    }
    const hooks = {
      ...(index === 0 ? {} : { 'pre-hook': [] }),
      ...(index === windows.length - 1 ? {} : { 'post-hook': [] }),
    }
    try {
      rows += await buildBatch(
        node,
        window,
        connection,
        dbt,
        { ...config, ...hooks },
        index > 0 || isIncremental,
      )
      await connection.commit()
      successful.push(span)
    } catch (error) {
      if (!connection.publishesAtOnce || !(error instanceof WaterworksError)) throw error
      await connection.rollback()
      firstError ??= error
      failed.push(span)
    }
  }
  dbt.journal.batches(id, { successful: [...successful, ...(earlier?.successful ?? [])], failed })
  if (firstError === undefined) return rows
  throw new WaterworksError('WW5008', {
    message: `${failed.length} of ${windows.length} batches of "${node.name}" failed: ${firstError.message}`,
    cause: firstError,
  })
}

async function buildBatch(
  node: ModelNode,
  window: TimeWindow,
  connection: AdapterConnection,
  dbt: DbtWork,
  config: Readonly<Record<string, unknown>>,
  isIncremental: boolean,
): Promise<number> {
  const { journal } = dbt
  const id = node.uniqueId
  const manifest = { ...node.manifest, batch: batchContext(node.manifest, window) }
  const { code } = await journal.timed(id, 'compile', () =>
    dbt.queries.compileAt(manifest, connection, window),
  )
  const request = {
    ...nodeRequest(manifest, connection, dbt),
    resolve: dbt.queries.resolve(manifest, window),
    compiledCode: code,
    config,
    ...(isIncremental && { overrides: incrementalNames }),
  }
  const { main } = await journal.timed(id, 'execute', () => materialize(dbt.parsed.renderer, request))
  return main?.rowsAffected ?? 0
}

/** Whether the model's table is there and is not to be made anew. */
async function hasTable(
  { database, schema, alias, config }: ManifestModel,
  connection: AdapterConnection,
  { parsed }: DbtWork,
): Promise<boolean> {
  const own = config['full_refresh']
  const isAnew = typeof own === 'boolean' ? own : parsed.renderer.settings.flags?.['FULL_REFRESH'] === true
  if (isAnew) return false
  const relations = await connection.relations(database, schema)
  return relations.some(
    ({ identifier, type }) => identifier.toLowerCase() === alias.toLowerCase() && type === 'table',
  )
}
