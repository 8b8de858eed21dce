/** What says which row is which in a table whose lists have tables of their own: text, the same whenever the row is loaded. */
export const ROW_KEY = '_row_key'
/** In a table of a list: the `_row_key` of the row that the list is of. */
export const PARENT_KEY = '_parent_key'
/** In a table of a list: the `_row_key` of the record, however deep the list is in it. */
export const ROOT_KEY = '_root_key'
/** In a table of a list: the element's place in it, from 1. */
export const POSITION = '_position'
/** Why a row is rejected before its stages: a nested value cannot be read. */
export const DEFECT = '_ww_defect'
