/**
 * Which row of a load it is: its part, counted from 0, times `ROWS_PER_PART`, plus its record's number in the part,
 * counted from 1. One column instead of two: engines look rows up by one number several times as fast.
 */
export const ROW = '_ww_row'
/** More records than any part has; a power of two, so that part and record can be told from a row's number. */
export const ROWS_PER_PART = 2n ** 40n
/** NULL while a row goes on; `filtered`, `duplicate`, or the reason it is rejected for, or holds its load for. */
export const FATE = '_ww_fate'
export const FILTERED = 'filtered'
export const DUPLICATE = 'duplicate'
/** How the fate begins of a row that holds its load; the reason follows. */
export const HOLDS = '_ww_holds: '
/** Which of the rows that were made of one that arrived, counted from 1; only where rows are expanded. */
export const PIECE = '_ww_piece'
/** 1 for a row that was added beside the one that arrived, else 0; only where rows are expanded. */
export const ADDED = '_ww_added'
/** How many rows a row stands for beside its own; NULL for a row that never was folded; only where rows are folded. */
export const FOLDED = '_ww_folded'
/** The number of the row that arrived, where rows have been numbered anew. */
export const ARRIVED_ROW = '_ww_arrived_row'
