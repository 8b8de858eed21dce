/** Columns that loading adds to every table. */
const ADDED = /^_(?:loaded_at|run_id)$/i
/** Columns that loading works with. */
const INTERNAL = /^_ww_/i

/** Whether a column of a source must be given another name before it is loaded. */
export function isReserved(name: string): boolean {
  return ADDED.test(name)
}

/** Whether a source with this column cannot be loaded. */
export function isInternal(name: string): boolean {
  return INTERNAL.test(name)
}
