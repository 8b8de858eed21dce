import type { Pipeline } from '../../project/pipeline.ts'
import { historyNames } from './history-columns.ts'
import { keptNames } from './kept-values.ts'
import { DELETED_AT, LOADED_AT, RUN_ID } from './load-columns.ts'

/** Columns that loading adds to the rows' own. */
export function reservedNames(pipeline: Pipeline): readonly string[] {
  const { extract, load } = pipeline
  const isMarked = load.strategy === 'soft-delete' || extract.database?.reconcile?.action === 'soft-delete'
  return [LOADED_AT, RUN_ID, ...(isMarked ? [DELETED_AT] : []), ...historyNames(load), ...keptNames(load)]
}
