import { traitsOf } from '../../project/load-strategy.ts'
import { ROW, ROWS_PER_PART } from './load-columns.ts'
import { ROW_KEY } from './nested-columns.ts'
import { partsTable } from './parts-table.ts'
import type { StreamLoad } from './stream-load.ts'

/**
 * A SELECT of rows with the key by which those of their lists know them: of the merge keys where these tell rows apart, else
 * of the content that a row came with and its number there. The same row has the same key whenever it is loaded.
 * @param select rows with `ROW`
 */
export function withRowKeys(load: StreamLoad, select: string): string {
  const { dialect } = load.engine
  const { strategy, matched, mergeKeys } = load.pipeline.load
  if (traitsOf(strategy).keyed && matched !== 'delete-insert') {
    return `select a.*, md5(${dialect.jsonObject(mergeKeys)}) as ${ROW_KEY} from (${select}) as a`
  }
  const record = `cast(a.${ROW} - p.first as ${dialect.typeName({ kind: 'text' })})`
  return `select a.*, md5(p.load_id || ':' || ${record}) as ${ROW_KEY} from (${select}) as a
join ${partsTable(load)} as p on p.first < a.${ROW} and a.${ROW} < p.first + ${ROWS_PER_PART}`
}

/** The key of a row of a list: of its record's, and of the places that lead to it. */
export function elementKey(root: string, place: string): string {
  return `md5(${root} || '/' || ${place})`
}
