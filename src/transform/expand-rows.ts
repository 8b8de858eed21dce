import type { CompileContext } from './compile-context.ts'
import { sourcesOf } from './project-columns.ts'
import { ADDED, FATE, FILTERED, FOLDED, PIECE, ROW } from './row-columns.ts'
import type { Transformation } from './transformation.ts'

export interface Expansion {
  /** SQL behind `FROM … AS s`: a lateral join with `u`, whose `ordinal` counts from 1. Rows that are out must get one row at most. */
  readonly join: string
  /** Columns of the row that go on as they are. */
  readonly kept: readonly string[]
  /** Columns made of `u`, and the columns of the row that they are made of. */
  readonly made: readonly {
    readonly column: string
    readonly sql: string
    readonly of: readonly string[]
    readonly isText?: boolean
  }[]
  /** A condition over `s` and `u`: the row that was made is left out, and counted as filtered. */
  readonly leftOut?: string
}

/** Makes several rows of one. The first stands for the row that was there; the others are added. */
export function expandRows(
  state: Transformation,
  { join, kept, made, leftOut }: Expansion,
  { dialect }: CompileContext,
): Transformation {
  const { identifier, typeName } = dialect
  const whole = (sql: string) => `cast(${sql} as ${typeName({ kind: 'int64' })})`
  const piece = state.expanded
    ? `row_number() over (partition by s.${ROW} order by s.${PIECE}, u.ordinal)`
    : 'coalesce(u.ordinal, 1)'
  const first = 'coalesce(u.ordinal, 1) = 1'
  const was = `${state.expanded ? `s.${ADDED}` : '0'}`
  const judged = state.judged || leftOut !== undefined
  const left = leftOut === undefined ? 'null' : `case when ${leftOut} then '${FILTERED}' end`
  const list = [
    ...kept.map((column) => `s.${identifier(column)}`),
    ...made.map(({ column, sql }) => `${sql} as ${identifier(column)}`),
    `s.${ROW}`,
    `${whole(piece)} as ${PIECE}`,
    `${whole(`case when ${first} then ${was} else 1 end`)} as ${ADDED}`,
    ...(state.folded
      ? [`case when ${first} or s.${FOLDED} is null then s.${FOLDED} else 0 end as ${FOLDED}`]
      : []),
    ...(judged ? [`${state.judged ? `coalesce(s.${FATE}, ${left})` : left} as ${FATE}`] : []),
  ]
  const columns = [...kept, ...made.map(({ column }) => column)]
  return {
    ...state,
    from: `(select ${list.join(', ')} from (select * from ${state.from} as _ww_whole) as s ${join})`,
    columns,
    texts: new Set([
      ...kept.filter((column) => state.texts.has(column)),
      ...made.flatMap(({ column, isText }) => (isText === true ? [column] : [])),
    ]),
    judged,
    expanded: true,
    acrossRows: true,
    sources: new Map([
      ...kept.map((column) => [column, sourcesOf(state, [column])] as const),
      ...made.map(({ column, of }) => [column, sourcesOf(state, of)] as const),
    ]),
    asArrived: new Set(kept.filter((column) => state.asArrived.has(column))),
  }
}
