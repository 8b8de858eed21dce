import type { ContractDialect } from '../contracts/contract-dialect.ts'
import type { ParsedPackages } from '../dbt/parse/parse-packages.ts'
import type { Reading } from '../dbt/reading/reading.ts'
import type { Diagnostic } from '../errors/diagnostics.ts'

export interface BuildGraphOptions {
  /** The name of one of the project's targets. */
  readonly target: string
  /** From the command line; they win over the project's. */
  readonly vars?: Readonly<Record<string, unknown>>
  readonly dialect: ContractDialect
  /** The run's clock for run_started_at; ISO 8601, UTC. */
  readonly now: string
  /** What templates see as invocation_id. */
  readonly runId?: string
  /** What env_var() may read; nothing unless given. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** What templates see as `flags`, beyond what dbt has by default. */
  readonly flags?: Readonly<Record<string, unknown>>
  /** What templates see as `invocation_args_dict`. */
  readonly args?: Readonly<Record<string, unknown>>
  /** From where, and how much, references read; everything unless given. */
  readonly reading?: Reading
  /** The same project, parsed with the same options by an earlier compilation. */
  readonly parsed?: ParsedPackages
  /** What `parsed` was found to have, where that was not told yet; warnings only. */
  readonly found?: readonly Diagnostic[]
  /** Hears of packages that were parsed, before anything is compiled, and of what was found in them. */
  readonly onParsed?: (parsed: ParsedPackages, found: readonly Diagnostic[]) => void
  /** Receives what templates say with log(…, info=true) and print(). */
  readonly log?: (message: string) => void
  /**
   * Whether a node whose templates fail is made all the same, and fails when it is run. Otherwise its failure is one of the
   * project's.
   */
  readonly failsWhenRun?: boolean
  /** Whether tests fail where they would warn (`--warn-error`). */
  readonly warningsFail?: boolean
  /** Whether queries are compiled, as they are unless said. Else every node of SQL waits for it, and its fingerprint is that of its file. */
  readonly compiles?: boolean
  /** Whether nodes get fingerprints, as they do unless said; else these are empty. */
  readonly fingerprints?: boolean
}
