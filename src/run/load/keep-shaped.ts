import type { Dialect } from '../../engines/dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import { carriedColumns } from '../../transform/carried-columns.ts'
import { ARRIVED_ROW, PIECE, ROW, ROWS_PER_PART } from '../../transform/row-columns.ts'
import type { Transformation } from '../../transform/transformation.ts'

/** The rows as they leave the stages, where finding them out again would cost more. A temporary table of the load. */
export const SHAPED = '_ww_shaped'

/**
 * Runs stages in which rows depend on one another, once, and keeps what they yield; others are run wherever their rows are read. Rows
 * that were made of others are numbered anew within their part, in the order in which those arrived.
 */
export async function keepShaped(
  executor: Executor,
  shaped: Transformation,
  dialect: Dialect,
): Promise<Transformation> {
  if (!shaped.acrossRows) return shaped
  if (!shaped.expanded && !shaped.folded) {
    await executor.execute(`create temporary table ${SHAPED} as select * from ${shaped.from} as _ww_leaving`)
    return { ...shaped, from: SHAPED }
  }
  const beginning = `${ROW} - ${ROW} % ${ROWS_PER_PART}`
  const order = [ROW, ...(shaped.expanded ? [PIECE] : [])].join(', ')
  const number = `${beginning} + row_number() over (partition by ${beginning} order by ${order})`
  const columns = [
    ...shaped.columns.map(dialect.identifier),
    ...carriedColumns(shaped).filter((name) => name !== ROW),
    `${number} as ${ROW}`,
    `${ROW} as ${ARRIVED_ROW}`,
  ]
  await executor.execute(
    `create temporary table ${SHAPED} as select ${columns.join(', ')} from ${shaped.from} as _ww_leaving`,
  )
  return { ...shaped, from: SHAPED, renumbered: true }
}
