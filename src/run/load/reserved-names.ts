import { makesTables, type Pipeline } from '../../project/pipeline.ts'
import { historyNames } from './history-columns.ts'
import { keptNames } from './kept-values.ts'
import { DELETED_AT, LOADED_AT, RUN_ID } from './load-columns.ts'
import { ROW_KEY } from './nested-columns.ts'

/** Columns that loading adds to the rows' own. */
export function reservedNames(pipeline: Pipeline): readonly string[] {
  const { extract, load } = pipeline
  const isMarked = load.strategy === 'soft-delete' || extract.database?.reconcile?.action === 'soft-delete'
  const nestings = load.nested === undefined ? [] : [load.nested, ...Object.values(load.nested.streams)]
  const keys = nestings.some(makesTables) ? [ROW_KEY] : []
  return [
    LOADED_AT,
    RUN_ID,
    ...keys,
    ...(isMarked ? [DELETED_AT] : []),
    ...historyNames(load),
    ...keptNames(load),
  ]
}
