import type { HistoryColumns } from './history-columns.ts'
import { moment } from './moment.ts'
import type { StrategyInput } from './strategy.ts'

/**
 * Ends the current versions of a history that `gone` (SQL over `t`, the table) says are no more at the source, and
 * returns their number. They held until now; one that begins later held at no time. What was before them stays.
 * @param now the moment, ISO 8601
 */
export function endVersions(
  { executor, dialect, target, stamps }: Pick<StrategyInput, 'executor' | 'dialect' | 'target' | 'stamps'>,
  { validFrom, validTo, isCurrent }: HistoryColumns,
  gone: string,
  now: string,
): Promise<number> {
  const { identifier, typeName } = dialect
  const current = identifier(isCurrent.name)
  const end = `cast(${moment(dialect, now)} as ${typeName(validTo.type)})`
  const set = [
    `${identifier(validTo.name)} = greatest(t.${identifier(validFrom.name)}, ${end})`,
    `${current} = false`,
    ...stamps.map(({ column, expression }) => `${identifier(column)} = ${expression}`),
  ]
  return executor.execute(
    `update ${dialect.relation(target)} as t set ${set.join(', ')} where t.${current} and ${gone}`,
  )
}
