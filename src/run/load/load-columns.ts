export { DUPLICATE, FATE, FILTERED, ROW, ROWS_PER_PART } from '../../transform/row-columns.ts'
/** Columns that every loaded table has beside its own. */
export const LOADED_AT = '_loaded_at'
export const RUN_ID = '_run_id'
/** When a reconciliation found a row gone from its source; only tables that were reconciled so have it. */
export const DELETED_AT = '_deleted_at'
