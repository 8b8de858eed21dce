import type { ManifestSource } from '../manifest/manifest-source.ts'
import { artifactMetadata } from './artifact-metadata.ts'
import type { Invocation } from './invocation.ts'
import { microsText } from './moment-text.ts'
import type { Timing } from './node-result.ts'
import { timingEntry } from './run-results-artifact.ts'

/** How fresh one table of a source was found to be, or why that could not be told. */
export type FreshnessResult = FreshnessFound | FreshnessNotFound

export interface FreshnessFound {
  readonly source: ManifestSource
  readonly status: 'pass' | 'warn' | 'error'
  /** Microseconds since 1970, and so the next. */
  readonly maxLoadedAt: number
  /** The warehouse's clock when it was asked. */
  readonly snapshottedAt: number
  /** Seconds between the two. */
  readonly age: number
  readonly adapterResponse: Readonly<Record<string, unknown>>
  readonly timing: readonly Timing[]
  readonly threadId: string
  /** Seconds. */
  readonly executionTime: number
}

export interface FreshnessNotFound {
  readonly source: ManifestSource
  readonly status: 'runtime error'
  readonly message: string
  /** Seconds. */
  readonly executionTime: number
}

export interface SourcesOptions {
  readonly invocation: Invocation
  readonly generatedAt: Date
  /** Seconds. */
  readonly elapsedTime: number
}

/**
 * The document of sources.json, version 3 of dbt's schema. Tables whose freshness could not be told are in it with the
 * error, as the schema has a place for them; dbt itself leaves them out.
 */
export function sourcesArtifact(
  results: readonly FreshnessResult[],
  options: SourcesOptions,
): Readonly<Record<string, unknown>> {
  return {
    metadata: artifactMetadata('sources/v3', options.invocation, options.generatedAt),
    results: results.map(freshnessEntry),
    elapsed_time: options.elapsedTime,
  }
}

function freshnessEntry(result: FreshnessResult): Readonly<Record<string, unknown>> {
  const unique_id = result.source.unique_id
  if (result.status === 'runtime error') return { unique_id, error: result.message, status: result.status }
  return {
    unique_id,
    max_loaded_at: microsText(result.maxLoadedAt),
    snapshotted_at: microsText(result.snapshottedAt),
    max_loaded_at_time_ago_in_s: result.age,
    status: result.status,
    criteria: { warn_after: null, error_after: null, filter: null, ...result.source.freshness },
    adapter_response: result.adapterResponse,
    timing: result.timing.map(timingEntry),
    thread_id: result.threadId,
    execution_time: result.executionTime,
  }
}
