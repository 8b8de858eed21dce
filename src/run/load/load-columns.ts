/**
 * Which row of a load it is: its part, counted from 0, times `ROWS_PER_PART`, plus its record's number in the part,
 * counted from 1. One column instead of two: engines look rows up by one number several times as fast.
 */
export const ROW = '_ww_row'
/** More records than any part has; a power of two, so that part and record can be told from a row's number. */
export const ROWS_PER_PART = 2n ** 40n
/** NULL while a row goes on; `filtered`, or the reason it is rejected for. */
export const FATE = '_ww_fate'
export const FILTERED = 'filtered'
/** How the names begin of values kept as they were where a dedupe stands. */
export const KEPT = '_ww_kept_'
/** Columns that every loaded table has beside its own. */
export const LOADED_AT = '_loaded_at'
export const RUN_ID = '_run_id'
/** When a reconciliation found a row gone from its source; only tables that were reconciled so have it. */
export const DELETED_AT = '_deleted_at'
