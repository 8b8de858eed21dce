import type { AdapterConnection } from '../../dbt/adapter/adapter-connection.ts'
import { type KnownRelations, WarehouseConnection } from '../../dbt/adapter/warehouse-connection.ts'
import type { NodeResult } from '../../dbt/artifacts/node-result.ts'
import type { ManifestSeed } from '../../dbt/manifest/manifest-node.ts'
import type { BatchTimes } from '../../dbt/microbatch/batches.ts'
import type { ParsedPackages } from '../../dbt/parse/parse-packages.ts'
import type { Executor } from '../../engines/engine.ts'
import type { QueryCompiler } from '../../graph/build/query-compiler.ts'
import type { Journal } from './journal.ts'
import type { KeptFailures } from './kept-failures.ts'
import type { NodeResults } from './node-results.ts'

/** What microbatch models are built for. */
export interface BatchWork {
  readonly times: BatchTimes
  /** In a retry: the batches of models of which some were done. */
  readonly unfinished: ReadonlyMap<string, NonNullable<NodeResult['batchResults']>>
}

/** What building dbt's nodes needs beyond an engine. */
export interface DbtWork {
  readonly parsed: ParsedPackages
  readonly queries: QueryCompiler
  readonly engine: 'duckdb' | 'postgres'
  /** The database that relations are in unless they say otherwise. */
  readonly database: string
  /** Whether models are published before they are tested, as dbt does. */
  readonly publishesAtOnce: boolean
  readonly journal: Journal
  /** What became of the nodes, in dbt's words. */
  readonly results: NodeResults
  /** What tests kept in transactions that have not ended, by their unique ids. */
  readonly kept: Map<string, KeptFailures>
  /** Of microbatch models. */
  readonly batches: BatchWork
  /** The text of a seed's file. */
  seedText(seed: ManifestSeed): Promise<string>
  log(message: string, level: 'info' | 'debug'): void
  warn(message: string): void
}

/**
 * A connection for the templates of one node over an executor, which is a transaction that others end unless `atOnce`. What
 * is sent goes into the journal.
 */
export function connectionFor(
  node: string,
  executor: Executor,
  atOnce: boolean,
  { engine, database, journal }: DbtWork,
  known?: KnownRelations,
): AdapterConnection {
  return new WarehouseConnection(executor, {
    type: engine,
    database,
    publishesAtOnce: atOnce,
    ...(known && { known }),
    onStatement: (sql) => journal.sent(node, sql),
  })
}
