import { countingColumns } from './carried-columns.ts'
import type { CompileContext } from './compile-context.ts'
import { sourcesOf } from './project-columns.ts'
import { requireColumns } from './require-columns.ts'
import { ADDED, FATE, FOLDED, PIECE, ROW } from './row-columns.ts'
import type { Transformation } from './transformation.ts'
import { wholeRecords } from './whole-records.ts'

/** A column of folded rows: an aggregate, and the columns that it is of. */
export interface Measure {
  readonly column: string
  readonly sql: string
  readonly of: readonly string[]
}

export interface Folding {
  /** Columns whose values a folded row has in common, NULL among them; none: all rows become one. */
  readonly by: readonly string[]
  readonly measures: readonly Measure[]
  /** An aggregate that is the fate of a folded row. */
  readonly fate?: string
}

/** Makes one row of those that agree on `by`. Rows that are out stay apart, to be accounted for. */
export function foldRows(given: Transformation, folding: Folding, context: CompileContext): Transformation {
  const { by, measures, fate } = folding
  requireColumns(given, by, context)
  const state = wholeRecords(given, context)
  const { identifier, typeName } = context.dialect
  const whole = (sql: string) => `cast(${sql} as ${typeName({ kind: 'int64' })})`
  const keys = by.map(identifier)
  const before = state.folded ? ` + coalesce(sum(${FOLDED}), 0)` : ''
  const counts = [
    `min(${ROW}) as ${ROW}`,
    ...(state.expanded ? [`${whole('1')} as ${PIECE}`, `${whole(`sum(${ADDED})`)} as ${ADDED}`] : []),
    `${whole(`count(*) - 1${before}`)} as ${FOLDED}`,
  ]
  const judged = state.judged || fate !== undefined
  const text = typeName({ kind: 'text' })
  const fates = judged ? [`cast(${fate ?? 'null'} as ${text}) as ${FATE}`] : []
  const columns = measures.map(({ column, sql }) => `${sql} as ${identifier(column)}`)
  const live = `select ${[...keys, ...columns, ...counts, ...fates].join(', ')} from _ww_all${
    state.judged ? ` where ${FATE} is null` : ''
  }${keys.length > 0 ? ` group by ${keys.join(', ')}` : ''} having count(*) > 0`
  const out = [
    ...keys,
    ...measures.map(({ column }) => `null as ${identifier(column)}`),
    ...countingColumns({ ...state, folded: false }),
    `${state.folded ? FOLDED : whole('null')} as ${FOLDED}`,
    FATE,
  ]
  const others = state.judged
    ? `\nunion all select ${out.join(', ')} from _ww_all where ${FATE} is not null`
    : ''
  return {
    ...state,
    from: `(with _ww_all as materialized (select * from ${state.from} as _ww_unfolded)\n${live}${others})`,
    columns: [...by, ...measures.map(({ column }) => column)],
    texts: new Set(by.filter((column) => state.texts.has(column))),
    judged,
    folded: true,
    acrossRows: true,
    sources: new Map([
      ...by.map((column) => [column, sourcesOf(state, [column])] as const),
      ...measures.map(({ column, of }) => [column, sourcesOf(state, of)] as const),
    ]),
    asArrived: new Set(by.filter((column) => state.asArrived.has(column))),
  }
}
