import type { Dialect } from '../engines/dialect.ts'
import type { Relation } from '../engines/relation.ts'
import type { Location } from '../errors/location.ts'

/** What operations are compiled with. */
export interface CompileContext {
  readonly dialect: Dialect
  /** Where the operation stands in its file. */
  readonly location: Location | undefined
  /** Whether rows of other streams go through the same stages, which need not have every column that these name. */
  readonly shared: boolean
  /** Whether rows are only described: nothing is worked out of their values, and what it becomes stands as NULL. */
  readonly describesOnly: boolean
  /** The table that a lookup names. */
  readonly lookupRelation: (reference: string) => Relation
}
