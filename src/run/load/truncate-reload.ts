import { insertedOnly } from './counts.ts'
import { insertStatement, type Strategy } from './strategy.ts'

/**
 * The table becomes the rows that arrived. DELETE, not TRUNCATE: readers with an older snapshot keep seeing the
 * rows they began with, and none ever sees the table empty.
 */
export const truncateReload: Strategy = async (input) => {
  const deleted = await input.executor.execute(`delete from ${input.dialect.relation(input.target)}`)
  return insertedOnly(await input.executor.execute(insertStatement(input)), deleted)
}
