import type { Field } from '../../batch/logical-type.ts'
import { holdsWhole } from '../../project/load-strategy.ts'
import type { Incoming } from './incoming.ts'
import { LoadHeld } from './load-held.ts'
import { reservedNames } from './reserved-names.ts'
import type { StreamLoad } from './stream-load.ts'

/**
 * The columns of a load in which there is no record that could be read: the table's own. Throws LoadHeld where there is no table yet, and
 * where the load would leave nothing of what the table has.
 */
export function columnsOfTable(
  { parts, pipeline }: StreamLoad,
  { malformedRows }: Incoming,
  table: readonly Field[] | undefined,
): readonly Field[] {
  const files = parts.map((part) => part.origin).join(', ')
  const why =
    malformedRows > 0 ? `no record of ${files} can be read` : `${files} is empty, without even a header`
  if (table === undefined) throw new LoadHeld(`nothing says what the columns are: ${why}`)
  if (holdsWhole(pipeline)) throw new LoadHeld(`it would leave nothing of what the table has: ${why}`)
  const reserved = reservedNames(pipeline)
  return table.filter(({ name }) => !reserved.includes(name))
}
