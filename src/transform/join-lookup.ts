import { carriedColumns } from './carried-columns.ts'
import type { CompileContext } from './compile-context.ts'
import { HOLDS } from './row-columns.ts'
import type { Transformation } from './transformation.ts'

export interface LookupJoin {
  /** The table, as the project names it. */
  readonly from: string
  /** SQL over a row `s`, by the table's column that it is to equal. */
  readonly on: Readonly<Record<string, string>>
  /** Names of new columns, by the table's column that they are taken from. */
  readonly take: Readonly<Record<string, string>>
  /** The name of a new column: how many rows of the table there are for the row; NULL where there is none. */
  readonly count: string
}

/** Joins a table to the rows, at most one row of it to each: where it has several for a key, `count` tells. */
export function joinLookup(
  state: Transformation,
  { from, on, take, count }: LookupJoin,
  context: CompileContext,
): Transformation {
  const { dialect } = context
  const { identifier } = dialect
  const keys = Object.keys(on).map((column, index) => [identifier(column), `k${index}`] as const)
  const taken = Object.entries(take)
  const kept = state.columns.filter((column) => !taken.some(([, name]) => name === column))
  const list = [...kept.map(identifier), ...carriedColumns(state)].map((name) => `s.${name}`)
  const looked = [
    ...keys.map(([column, name]) => `${column} as ${name}`),
    ...taken.map(([column], index) => `any_value(${identifier(column)}) as v${index}`),
    'count(*) as n',
  ]
  const known = keys.map(([column]) => `${column} is not null`).join(' and ')
  const table = `select ${looked.join(', ')} from ${dialect.relation(context.lookupRelation(from))} where ${known} group by ${keys.map(([column]) => column).join(', ')}`
  const found = taken.map(([, name], index) => `l.v${index} as ${identifier(name)}`)
  const same = Object.values(on).map((sql, index) => `l.k${index} = ${sql}`)
  return {
    ...state,
    from: `(select ${[...list, ...found, `l.n as ${identifier(count)}`].join(', ')} from ${state.from} as s
left join (${table}) as l on ${same.join(' and ')})`,
    columns: [...kept, ...taken.map(([, name]) => name), count],
    texts: new Set(kept.filter((column) => state.texts.has(column))),
    sources: new Map([
      ...kept.map((column) => [column, state.sources.get(column) ?? []] as const),
      ...taken.map(([column, name]) => [name, [`${from}.${column}`]] as const),
    ]),
    asArrived: new Set(kept.filter((column) => state.asArrived.has(column))),
  }
}

/** The WHEN branch of a verdict that holds the load where a lookup found several rows. */
export function severalFound(
  from: string,
  count: string,
  { literal, identifier }: CompileContext['dialect'],
): string {
  return `when ${identifier(count)} > 1 then ${literal(`${HOLDS}the lookup in ${from} finds several rows for one key`)}`
}
