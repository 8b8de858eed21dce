import type { Scalar } from '../../engines/dialect.ts'
import { insertStatement, type Strategy, type StrategyInput } from './strategy.ts'

/**
 * Rows are matched by `keys`, which are unique among the arrived rows and never NULL: matched rows that differ
 * (null-safely) are updated, equal ones left as they are, unmatched ones inserted.
 */
export function merge(keys: readonly string[]): Strategy {
  return async (input) => {
    const { executor } = input
    const unchanged = await count(executor, unchangedQuery(input, keys))
    const updated = await executor.execute(updateStatement(input, keys))
    const inserted = await executor.execute(insertStatement({ ...input, select: newRows(input, keys) }))
    return { inserted, updated, unchanged, deleted: 0, physicalInserts: inserted, physicalDeletes: 0 }
  }
}

async function count(executor: StrategyInput['executor'], sql: string): Promise<number> {
  const [row] = await executor.rows(sql)
  const value: Scalar | undefined = row?.['n']
  return Number(value ?? 0)
}

function on({ dialect }: StrategyInput, keys: readonly string[]): string {
  return keys.map((key) => `t.${dialect.identifier(key)} = s.${dialect.identifier(key)}`).join(' and ')
}

function differs({ dialect, columns }: StrategyInput, keys: readonly string[]): string {
  const others = columns.filter((column) => !keys.includes(column)).map((name) => dialect.identifier(name))
  if (others.length === 0) return 'false'
  return `(${others.map((name) => `t.${name} is distinct from s.${name}`).join(' or ')})`
}

function unchangedQuery(input: StrategyInput, keys: readonly string[]): string {
  return `select count(*) as n from (${input.select}) as s join ${input.dialect.relation(input.target)} as t
 on ${on(input, keys)} where not ${differs(input, keys)}`
}

function updateStatement(input: StrategyInput, keys: readonly string[]): string {
  const { dialect, columns, stamps, target, select } = input
  const own = columns
    .filter((column) => !keys.includes(column))
    .map((column) => `${dialect.identifier(column)} = s.${dialect.identifier(column)}`)
  const stamped = stamps.map(({ column, expression }) => `${dialect.identifier(column)} = ${expression}`)
  return `update ${dialect.relation(target)} as t set ${[...own, ...stamped].join(', ')}
from (${select}) as s where ${on(input, keys)} and ${differs(input, keys)}`
}

function newRows(input: StrategyInput, keys: readonly string[]): string {
  return `select * from (${input.select}) as s
where not exists (select 1 from ${input.dialect.relation(input.target)} as t where ${on(input, keys)})`
}
