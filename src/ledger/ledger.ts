/** Where every row of one run and dataset went. Each term is counted where it happens, none by subtraction. */
export interface Ledger {
  readonly extracted: number
  readonly expanded: number
  readonly inserted: number
  readonly updated: number
  readonly unchanged: number
  readonly deleted: number
  readonly deduplicated: number
  readonly filtered: number
  /** Rows that became one with another: a rollup of three rows into one folds two. */
  readonly folded: number
  readonly rejected: number
  /** Landed, but not published because a gate failed. */
  readonly held: number
  /** An attribute of rows counted elsewhere: older than the source's maximum lateness. */
  readonly late: number
  readonly rows_before: number
  readonly rows_after: number
  readonly physical_inserts: number
  readonly physical_deletes: number
}

/** A ledger in which nothing happened. */
export const EMPTY_LEDGER: Ledger = Object.freeze({
  extracted: 0,
  expanded: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  deduplicated: 0,
  filtered: 0,
  folded: 0,
  rejected: 0,
  held: 0,
  late: 0,
  rows_before: 0,
  rows_after: 0,
  physical_inserts: 0,
  physical_deletes: 0,
})
