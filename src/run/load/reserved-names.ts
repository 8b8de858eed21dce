import type { Pipeline } from '../../project/pipeline.ts'
import { historyNames } from './history-columns.ts'
import { DELETED_AT, LOADED_AT, RUN_ID } from './load-columns.ts'

/** Columns that loading adds to the rows' own. */
export function reservedNames(pipeline: Pipeline): readonly string[] {
  const marks = pipeline.extract.database?.reconcile?.action === 'soft-delete' ? [DELETED_AT] : []
  return [LOADED_AT, RUN_ID, ...marks, ...historyNames(pipeline.load)]
}
