import type { Manifest } from '../manifest/manifest.ts'
import { artifactMetadata } from './artifact-metadata.ts'
import type { Compilation } from './compiled-node.ts'
import type { Invocation } from './invocation.ts'
import { jsonText } from './json-text.ts'
import { momentText } from './moment-text.ts'
import type { BatchSpan, NodeResult, Timing } from './node-result.ts'
import type { TextPiece } from './text-piece.ts'

export interface RunResultsOptions {
  readonly invocation: Invocation
  readonly generatedAt: Date
  readonly compilation: Compilation
  /** Seconds the whole run took. */
  readonly elapsedTime: number
  /** Flags of the command by dbt's names, for `retry` and for people. */
  readonly args: Readonly<Record<string, unknown>>
}

/** The document of run_results.json, version 6 of dbt's schema; results in the order in which they came. */
export function runResultsArtifact(
  manifest: Manifest,
  results: readonly NodeResult[],
  options: RunResultsOptions,
): Readonly<Record<string, unknown>> {
  return {
    metadata: artifactMetadata('run-results/v6', options.invocation, options.generatedAt),
    results: results.map((result) => resultEntry(result, manifest, options.compilation)),
    elapsed_time: options.elapsedTime,
    args: options.args,
  }
}

/** The text of the same document, result by result: it holds the code of every node, as the manifest does. */
export function* runResultsText(
  manifest: Manifest,
  results: readonly NodeResult[],
  options: RunResultsOptions,
): Generator<TextPiece> {
  const { metadata, results: _none, ...others } = runResultsArtifact(manifest, [], options)
  yield { text: `{"metadata":${JSON.stringify(metadata)},"results":[` }
  for (const [index, result] of results.entries()) {
    if (index > 0) yield { text: ',' }
    yield { text: jsonText(resultEntry(result, manifest, options.compilation)) }
  }
  yield { text: `],${jsonText(others).slice(1)}` }
}

/** A stretch of time as artifacts write it. */
export function timingEntry({ name, startedAt, completedAt }: Timing): Readonly<Record<string, unknown>> {
  return { name, started_at: momentText(startedAt), completed_at: momentText(completedAt) }
}

function resultEntry(
  result: NodeResult,
  manifest: Manifest,
  compilation: Compilation,
): Readonly<Record<string, unknown>> {
  return {
    status: result.status,
    timing: result.timing.map(timingEntry),
    thread_id: result.threadId,
    execution_time: result.executionTime,
    adapter_response: result.adapterResponse,
    message: result.message,
    failures: result.failures,
    unique_id: result.uniqueId,
    ...codeOf(result.uniqueId, manifest, compilation),
    batch_results:
      result.batchResults === undefined
        ? null
        : { successful: spans(result.batchResults.successful), failed: spans(result.batchResults.failed) },
  }
}

/** Of what has no code (seeds, exposures, saved queries, a unit test that did not come so far) all three are null. */
function codeOf(
  id: string,
  manifest: Manifest,
  compilation: Compilation,
): Readonly<Record<'compiled' | 'compiled_code' | 'relation_name', unknown>> {
  const compiled = compilation.get(id)
  const node = manifest.nodes[id]
  const hasCode = node === undefined ? compiled !== undefined : node.resource_type !== 'seed'
  if (!hasCode) return { compiled: null, compiled_code: null, relation_name: null }
  return {
    compiled: compiled !== undefined,
    compiled_code: compiled?.code ?? null,
    relation_name: node?.relation_name ?? null,
  }
}

function spans(batches: readonly BatchSpan[]): readonly (readonly [string, string])[] {
  return batches.map(([from, to]) => [momentText(from), momentText(to)])
}
