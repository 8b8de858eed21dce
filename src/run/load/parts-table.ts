import { ROWS_PER_PART } from './load-columns.ts'
import type { StreamLoad } from './stream-load.ts'

/** The load's parts as rows that may stand in FROM: the number before the first of the part's rows, load_id, origin. */
export function partsTable(load: Pick<StreamLoad, 'engine' | 'parts'>): string {
  const { literal } = load.engine.dialect
  const rows = load.parts.map(
    (part, index) => `(${BigInt(index) * ROWS_PER_PART}, ${literal(part.loadId)}, ${literal(part.origin)})`,
  )
  return `(select * from (values ${rows.join(', ')}) as v (first, load_id, origin))`
}
