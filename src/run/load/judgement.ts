import type { Executor } from '../../engines/engine.ts'
import type { CheckResult } from '../../quality/check.ts'
import type { Transformation } from '../../transform/transformation.ts'
import type { DroppedRows } from './drop-rows.ts'
import type { SchemaFit } from './fit-schema.ts'

/**
 * How a load tells the rows that it applies from those that it does not. It may look at every row before (`rowByRow`), or
 * assume that all are good and have the statement that writes them say otherwise (`assumedClean`). Its methods are
 * called in their order, inside the publishing transaction.
 */
export interface Judgement {
  /** Whether landed files are read as if every record were well-formed. */
  readonly assumesClean: boolean
  /** Which of the rows go on, and what became of the others. */
  sort(executor: Executor, judged: Transformation, fit: SchemaFit): Promise<SortedRows>
  /** What the gates on the load as a whole say of the rows of `select`. Throws LoadHeld when one blocks. */
  gate(executor: Executor, select: string): Promise<GatedRows>
  /** Called with the number of rows that were written; throws when they are not those that were to be. */
  confirm(inserted: number): void
}

export interface SortedRows extends DroppedRows {
  /** SQL that may stand in FROM: the rows that go on. */
  readonly from: string
}

export interface GatedRows {
  /** A SELECT of the rows to apply. */
  readonly select: string
  readonly checks: readonly CheckResult[]
}
