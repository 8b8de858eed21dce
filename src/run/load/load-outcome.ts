import type { Field } from '../../batch/logical-type.ts'
import type { RealChange } from '../../drift/column-change.ts'
import type { Relation } from '../../engines/relation.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { CheckResult } from '../../quality/check.ts'
import type { Discarded } from './discarded.ts'

/** What became of a stream's load. `held` was rolled back: its rows wait in the landing zone. */
export interface LoadOutcome {
  readonly status: 'loaded' | 'held'
  readonly ledger: Ledger
  readonly checks: readonly CheckResult[]
  /** Rejected rows by reason. */
  readonly reasons: Readonly<Record<string, number>>
  readonly schema: SchemaOutcome
  /** Tables of lists that were written as well. */
  readonly children: readonly ChildLoad[]
  /** Values that the schema's policy left out of the rows that were applied. */
  readonly discarded: readonly Discarded[]
  /** The greatest incremental key (or event time) in the table now, as text. */
  readonly watermark: string | null
  readonly message: string
}

/** What a load did to a table of a list. */
export interface ChildLoad {
  readonly relation: Relation
  readonly ledger: Ledger
  readonly schema: SchemaOutcome
}

export interface SchemaOutcome {
  /** The table's own columns after the load; undefined where it was held. */
  readonly columns?: readonly Field[]
  /** Whether the load made the table. */
  readonly isNew?: boolean
  /**
   * How the columns that arrived differ from those of the table before, also where the load was held for it; nothing
   * where they are those of the load before, whose outcome told it.
   */
  readonly changes: readonly RealChange[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly string[]
}
