/** The part of the load a row came in with, counted from 0. */
export const PART = '_ww_part'
/** The record's number within its part, counted from 1. */
export const RECORD = '_ww_record'
/** NULL while a row goes on; `filtered`, or the reason it is rejected for. */
export const FATE = '_ww_fate'
export const FILTERED = 'filtered'
/** How the names begin of values kept as they were where a dedupe stands. */
export const KEPT = '_ww_kept_'
/** Columns that every loaded table has beside its own. */
export const LOADED_AT = '_loaded_at'
export const RUN_ID = '_run_id'
