import { carriedColumns } from './carried-columns.ts'
import type { CompileContext } from './compile-context.ts'
import type { Transformation } from './transformation.ts'

/** A table written out in the query: what each key leads to. */
export interface ValueTable {
  /** SQL over the rows, as text: the key. */
  readonly key: string
  readonly entries: ReadonlyMap<string, string>
  /** The name of the column that is added beside the others: NULL where the key is not in the table. */
  readonly as: string
}

/** Joins tables of texts to the rows; no row is added or lost, for a key leads to one value. Not an operation's last word: it adds columns. */
export function joinValues(
  state: Transformation,
  tables: readonly ValueTable[],
  { dialect }: CompileContext,
): Transformation {
  const { identifier, literal } = dialect
  const list = [...state.columns.map(identifier), ...carriedColumns(state)].map((name) => `s.${name}`)
  const found = tables.map(({ as }, index) => `v${index}.value as ${identifier(as)}`)
  const joins = tables.map(({ key, entries }, index) => {
    const rows = [...entries].map(([from, to]) => `(${literal(from)}, ${literal(to)})`)
    return `left join (values ${rows.join(', ')}) as v${index} (key, value) on v${index}.key = ${key}`
  })
  return {
    ...state,
    from: `(select ${[...list, ...found].join(', ')} from ${state.from} as s ${joins.join(' ')})`,
    columns: [...state.columns, ...tables.map(({ as }) => as)],
    sources: state.sources,
  }
}
