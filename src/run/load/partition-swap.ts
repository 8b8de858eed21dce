import { insertedOnly } from './counts.ts'
import { insertStatement, type Strategy } from './strategy.ts'

/** Every partition that arrives replaces the partition of that value whole; others stay. NULL is a partition too. */
export function partitionSwap(key: string): Strategy {
  return async (input) => {
    const { executor, dialect, target, select } = input
    const name = dialect.identifier(key)
    const arrived = `select distinct ${name} from (${select}) as _ww_partitions`
    const deleted = await executor.execute(
      `delete from ${dialect.relation(target)} where ${name} in (${arrived} where ${name} is not null)
 or (${name} is null and exists (select 1 from (${select}) as _ww_partitions where ${name} is null))`,
    )
    return insertedOnly(await executor.execute(insertStatement(input)), deleted)
  }
}
