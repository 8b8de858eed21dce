import type { Dialect } from '../../engines/dialect.ts'
import { judgeRows } from '../../transform/judge-rows.ts'
import type { Transformation } from '../../transform/transformation.ts'
import { ROW } from './load-columns.ts'
import type { RejectingList } from './sort-lists.ts'

/**
 * Rejects the rows that have a value which their table, or that of one of their lists, has no column for.
 * @param columns columns of the rows that the table does not have
 */
export function judgeStrangers(
  transformation: Transformation,
  columns: readonly string[],
  lists: readonly RejectingList[],
  dialect: Dialect,
): Transformation {
  const { identifier, literal } = dialect
  const own = columns.map(
    (name) =>
      `when ${identifier(name)} is not null then ${literal(`column ${name}: the table has no such column`)}`,
  )
  const nested = lists.flatMap(({ path, from, members }) => {
    const list = path.join('.')
    const having = (where: string, reason: string) =>
      `when ${ROW} in (select c.root from ${from} as c${where}) then ${literal(reason)}`
    if (members === undefined) return [having('', `list ${list}: there is no table for it`)]
    return members.map(({ name, cell }) =>
      having(` where c.${cell} is not null`, `column ${list}.${name}: the table has no such column`),
    )
  })
  const branches = [...own, ...nested]
  if (branches.length === 0) return transformation
  return judgeRows(transformation, `case ${branches.join(' ')} end`, { dialect })
}
