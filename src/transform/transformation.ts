import type { ValueMapping } from './value-mapping.ts'

/** The rows of a load at one point of its stages: a query, and what is known of what it yields. */
export interface Transformation {
  /** SQL that may stand in FROM: `columns`, the number of each row, its fate when `judged`, and the other counts. */
  readonly from: string
  readonly columns: readonly string[]
  /** Columns known to hold text: what `all` means for operations on text. */
  readonly texts: ReadonlySet<string>
  /** Whether rows carry a fate: NULL goes on, anything else is left out, rejected or holds the load. */
  readonly judged: boolean
  /** Whether one row that arrived may have become several. */
  readonly expanded: boolean
  /** Whether several rows that arrived may have become one. */
  readonly folded: boolean
  /** Whether what becomes of a row depends on other rows: the query is then run once and its rows kept. */
  readonly acrossRows: boolean
  /** Whether rows have been numbered anew, and carry the number that they arrived with. */
  readonly renumbered: boolean
  /** What must be worked out of the rows' values, in this order, before `from` can be read. */
  readonly mappings: readonly ValueMapping[]
  /** The columns that arrived, and those of lookups, of which each column is made. */
  readonly sources: ReadonlyMap<string, readonly string[]>
  /** Columns that hold what arrived under their name: nothing has rewritten them. */
  readonly asArrived: ReadonlySet<string>
}
