import type { FreshnessResult } from '../../dbt/artifacts/sources-artifact.ts'
import type { Rendering } from '../../dbt/context/rendering.ts'
import { type AskRows, sourceFreshness } from '../../dbt/freshness/source-freshness.ts'
import type { ManifestSource } from '../../dbt/manifest/manifest-source.ts'
import { printReference } from '../../dbt/reference.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Workspace } from './workspace.ts'

/**
 * How fresh one table of a source is. What keeps that from being told is the result, too: one source does not stand in
 * the way of the others.
 */
export async function checkSource(
  source: ManifestSource,
  place: Workspace,
  ask: AskRows,
): Promise<FreshnessResult> {
  const started = performance.now()
  const startedAt = new Date()
  const seconds = () => (performance.now() - started) / 1000
  try {
    const found = await sourceFreshness(source, ask, (text) => renderQuery(text, source, place))
    return {
      source,
      ...found,
      adapterResponse: { _message: 'OK' },
      timing: [
        { name: 'compile', startedAt, completedAt: startedAt },
        { name: 'execute', startedAt, completedAt: new Date() },
      ],
      threadId: 'Thread-1 (worker)',
      executionTime: seconds(),
    }
  } catch (error) {
    if (!(error instanceof WaterworksError)) throw error
    return { source, status: 'runtime error', message: error.message, executionTime: seconds() }
  }
}

/** A `loaded_at_query` with its templates filled in: `this` is the table. */
async function renderQuery(
  text: string,
  source: ManifestSource,
  { parsed: { renderer, manifest } }: Workspace,
): Promise<string> {
  const rendering: Rendering = {
    phase: 'compile',
    node: source,
    packageName: source.package_name,
    relation: source,
    withoutClock: false,
    resolve: (reference) => {
      throw new WaterworksError('WW2102', {
        message: `${printReference(reference)} cannot be used in loaded_at_query`,
        hint: 'It reads the table itself: {{ this }}.',
      })
    },
    configure: () => undefined,
    config: () => source.config,
    log: () => undefined,
    warn: () => undefined,
    connection: undefined,
    manifest,
    given: {},
  }
  return renderer.renderAsync({ path: source.original_file_path, text }, rendering)
}
