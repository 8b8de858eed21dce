import type { Dialect } from '../../engines/dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import type { Relation } from '../../engines/relation.ts'
import type { Applied } from './counts.ts'

/** What every strategy is given, inside the publishing transaction. */
export interface StrategyInput {
  readonly executor: Executor
  readonly dialect: Dialect
  readonly target: Relation
  /** A SELECT of the rows to apply, with the table's own columns in order. */
  readonly select: string
  /** The table's own columns. */
  readonly columns: readonly string[]
  /** SELECT-list items for the load's own columns, as `<literal> as _loaded_at`. */
  readonly stamps: readonly { readonly column: string; readonly expression: string }[]
}

export type Strategy = (input: StrategyInput) => Promise<Applied>

/** The INSERT that appends `select` with the load's stamps. */
export function insertStatement({ dialect, target, select, columns, stamps }: StrategyInput): string {
  const names = [...columns, ...stamps.map((stamp) => stamp.column)].map((name) => dialect.identifier(name))
  const values = [...columns.map((name) => dialect.identifier(name)), ...stamps.map((s) => s.expression)]
  return `insert into ${dialect.relation(target)} (${names.join(', ')})
select ${values.join(', ')} from (${select}) as _ww_rows`
}
